import Sockets

/// The sockets of one port of some addresses: for datagrams and for connections.
struct ServingSockets: Sendable {
    let port: UInt16
    let datagrams: [DatagramSocket]
    let listeners: [ListeningSocket]
    let datagramGroup: DescriptorGroup
    let listenerGroup: DescriptorGroup

    /// - Parameter port: 0 for one that is free.
    init(_ addresses: [UInt32], port: UInt16, room: Int32) throws(SocketError) {
        var attempts = port == 0 ? 16 : 1
        while true {
            attempts -= 1
            do throws(SocketError) {
                try self.init(taking: port, of: addresses, room: room)
                return
            } catch {
                // What is free for one may not be for the others.
                guard attempts > 0, error.isPortTaken else { throw error }
            }
        }
    }

    private init(taking port: UInt16, of addresses: [UInt32], room: Int32) throws(SocketError) {
        var (port, datagrams, listeners) = (port, [DatagramSocket](), [ListeningSocket]())
        for address in addresses {
            let socket = try DatagramSocket(IPv4Endpoint(address, port: port), room: room)
            port = socket.endpoint.port
            datagrams.append(socket)
            listeners.append(try ListeningSocket(socket.endpoint))
        }
        (self.port, self.datagrams, self.listeners) = (port, datagrams, listeners)
        datagramGroup = try DescriptorGroup(datagrams.map(\.descriptor))
        listenerGroup = try DescriptorGroup(listeners.map(\.descriptor))
    }
}
