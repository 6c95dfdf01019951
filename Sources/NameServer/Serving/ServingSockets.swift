import Sockets

/// The sockets of one port: for datagrams and for connections.
struct ServingSockets: Sendable {
    let datagrams: DatagramSocket
    let listener: ListeningSocket

    /// - Parameter endpoint: With port 0 for one that is free.
    init(_ endpoint: IPv4Endpoint, room: Int32) throws(SocketError) {
        var attempts = endpoint.port == 0 ? 16 : 1
        while true {
            let datagrams = try DatagramSocket(endpoint, room: room)
            attempts -= 1
            do throws(SocketError) {
                listener = try ListeningSocket(datagrams.endpoint)
                self.datagrams = datagrams
                return
            } catch {
                // What is free for one may not be for the other.
                guard attempts > 0, error.isPortTaken else { throw error }
            }
        }
    }
}
