import CLinuxShim
import Glibc

/// A socket that listens on a port.
package final class ListeningSocket: Sendable {
    package enum Arrival {
        case connection(ConnectedSocket)
        case nobody
        /// The machine or the process has nothing left for another connection.
        case refused
    }

    package let descriptor: Int32

    /// Listens on every address: an IPv6 socket takes IPv4 as well; IPv4 alone where the machine has no IPv6.
    package init(port: UInt16) throws(SocketError) {
        do throws(SocketError) {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            descriptor = try Self.listening(AF_INET6, on: address)
        } catch let error where error.isWithoutIPv6 {
            descriptor = try Self.listening(AF_INET, on: IPv4Endpoint(0, port: port).systemAddress)
        }
    }

    /// Listens on one address.
    package init(_ endpoint: IPv4Endpoint) throws(SocketError) {
        descriptor = try Self.listening(AF_INET, on: endpoint.systemAddress)
    }

    deinit { close(descriptor) }

    package func accept() -> Arrival {
        let connection = postern_accept(descriptor)
        if connection >= 0 { return .connection(ConnectedSocket(connection)) }
        return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .refused : .nobody
    }

    private static func listening<Address>(_ family: Int32, on address: Address) throws(SocketError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw .last }
        set(SO_REUSEADDR, of: SOL_SOCKET, to: 1, on: descriptor)
        if family == AF_INET6 { set(IPV6_V6ONLY, of: Int32(IPPROTO_IPV6), to: 0, on: descriptor) }
        guard bind(descriptor, to: address), listen(descriptor, 1_024) == 0 else {
            let error = SocketError.last
            close(descriptor)
            throw error
        }
        return descriptor
    }
}

extension SocketError {
    fileprivate var isWithoutIPv6: Bool { number == EAFNOSUPPORT || number == EADDRNOTAVAIL }
}
