import NginxSyntax
import ProxyConfiguration

/// Asks ports of UDP of a shadow to which Service each leads.
///
/// A shadow sends datagrams on to Unix sockets, one for each Service's port, which are ours: which one a datagram comes
/// to says it. No answer is sent, since nginx has no name there to which one could go.
struct DatagramProbes {
    private let folder: ShadowFolder
    private let services: [Identifier]
    private let receivers: [DatagramSocket]

    /// Returns `nil` where the sockets cannot be had.
    init?(_ streams: StreamServices, in folder: ShadowFolder) {
        let files = streams.shadowReceivers.sorted { $0.value < $1.value }
        let receivers = files.compactMap { DatagramSocket(at: "\(folder.path)/\($0.value)") }
        guard receivers.count == files.count else { return nil }
        (self.folder, self.receivers, services) = (folder, receivers, files.map(\.key))
    }

    /// The Service's port to which a datagram comes; `nil` where it comes to none.
    func answer(of server: StreamServer, until deadline: ContinuousClock.Instant) -> String? {
        let datagram = Array("postern-probe \(server.portName)".utf8)
        guard let sender = DatagramSocket(to: "\(folder.path)/\(server.shadowSocket)"), sender.send(datagram) else {
            return nil
        }
        while let (index, bytes) = DatagramSocket.first(of: receivers, until: deadline) {
            if bytes == datagram { return services[index].value }
        }
        return nil
    }
}
