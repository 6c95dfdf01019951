import CLinuxShim
import Glibc

/// A UDP socket of one IPv4 address, which never makes anybody wait.
package final class DatagramSocket: Sendable {
    package enum Arrival {
        /// So many bytes have been put into the buffer; they have waited in the kernel for a while.
        case datagram(Int, from: IPv4Endpoint, after: Duration)
        case nothing
    }

    package let descriptor: Int32
    /// With the number that the system gave where 0 was asked for.
    package let endpoint: IPv4Endpoint

    /// - Parameter room: The bytes, with what the kernel needs for each datagram, that may wait to be received; the
    ///   system may give less.
    package init(_ endpoint: IPv4Endpoint, room: Int32) throws(SocketError) {
        let type = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw .last }
        set(SO_RCVBUF, of: SOL_SOCKET, to: room, on: descriptor)
        // For whoever may have more than the system gives everybody.
        set(SO_RCVBUFFORCE, of: SOL_SOCKET, to: room, on: descriptor)
        _ = postern_stamp_datagrams(descriptor)
        guard bind(descriptor, to: endpoint.systemAddress), let own = Self.ownEndpoint(of: descriptor) else {
            let error = SocketError.last
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.endpoint = own
    }

    deinit { close(descriptor) }

    /// Puts one datagram into the buffer, as far as it fits.
    package func receive(into buffer: inout [UInt8]) -> Arrival {
        var sender = sockaddr_in()
        var waited: Int64 = 0
        let count = unsafe postern_receive(descriptor, &buffer, buffer.count, &sender, &waited)
        return count < 0 ? .nothing : .datagram(count, from: IPv4Endpoint(sender), after: .nanoseconds(waited))
    }

    /// Sends one datagram; returns whether the system took it.
    package func send(_ bytes: [UInt8], to receiver: IPv4Endpoint) -> Bool {
        let count = unsafe withUnsafePointer(to: receiver.systemAddress) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                let size = socklen_t(MemoryLayout<sockaddr_in>.size)
                return unsafe sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, size)
            }
        }
        return count == bytes.count
    }

    private static func ownEndpoint(of descriptor: Int32) -> IPv4Endpoint? {
        var own = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = unsafe withUnsafeMutablePointer(to: &own) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        return result == 0 ? IPv4Endpoint(own) : nil
    }
}
