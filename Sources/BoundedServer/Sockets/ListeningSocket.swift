import CLinuxShim
import Glibc

/// A socket that listens on a port of every address.
final class ListeningSocket: Sendable {
    enum Arrival {
        case connection(ConnectedSocket)
        case nobody
        /// The machine or the process has nothing left for another connection.
        case refused
    }

    let descriptor: Int32

    /// An IPv6 socket takes IPv4 as well; IPv4 alone where the machine has no IPv6.
    init(port: UInt16) throws(SocketError) {
        do throws(SocketError) {
            descriptor = try Self.listening(AF_INET6, on: port)
        } catch let error where error.isWithoutIPv6 {
            descriptor = try Self.listening(AF_INET, on: port)
        }
    }

    deinit { close(descriptor) }

    func accept() -> Arrival {
        let connection = postern_accept(descriptor)
        if connection >= 0 { return .connection(ConnectedSocket(connection)) }
        return [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) ? .refused : .nobody
    }

    private static func listening(_ family: Int32, on port: UInt16) throws(SocketError) -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw .last }
        set(SO_REUSEADDR, of: SOL_SOCKET, to: 1, on: descriptor)
        if family == AF_INET6 { set(IPV6_V6ONLY, of: Int32(IPPROTO_IPV6), to: 0, on: descriptor) }
        guard bind(descriptor, family, port), listen(descriptor, 1_024) == 0 else {
            let error = SocketError.last
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func set(_ option: Int32, of level: Int32, to value: Int32, on descriptor: Int32) {
        var value = value
        _ = unsafe setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func bind(_ descriptor: Int32, _ family: Int32, _ port: UInt16) -> Bool {
        guard family == AF_INET6 else {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(family)
            address.sin_port = port.bigEndian
            return bind(descriptor, to: &address)
        }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(family)
        address.sin6_port = port.bigEndian
        return bind(descriptor, to: &address)
    }

    private static func bind<Address>(_ descriptor: Int32, to address: inout Address) -> Bool {
        unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size)) == 0
            }
        }
    }
}

extension SocketError {
    fileprivate var isWithoutIPv6: Bool { number == EAFNOSUPPORT || number == EADDRNOTAVAIL }
}
