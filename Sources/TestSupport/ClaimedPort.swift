import Foundation
import Synchronization

/// Ports of this machine that no other test has.
package enum ClaimedPort {
    /// Takes a port that is free on all addresses, and is this process's until it ends.
    ///
    /// It is below those that the system gives to whoever asks for any port, and processes begin at different ones.
    package static func next() throws -> UInt16 {
        try counter.withLock { counter in
            for _ in range {
                counter = counter < range.upperBound ? counter + 1 : range.lowerBound
                if claim(counter) { return counter }
            }
            throw Tool.Failure(description: "no port of \(range) is free")
        }
    }

    private static let range: ClosedRange<UInt16> = 30_000...32_700

    private static let counter = Mutex(range.lowerBound + UInt16(getpid() % 135) * 20)

    /// Marks the number as taken by a UDP socket that stays open, to which nothing is ever sent.
    private static func claim(_ port: UInt16) -> Bool {
        guard let marker = bound(to: port, SOCK_DGRAM) else { return false }
        guard let probe = bound(to: port, SOCK_STREAM) else {
            close(marker)
            return false
        }
        close(probe)
        return true
    }

    fileprivate static func bound(to port: UInt16, _ type: __socket_type) -> Int32? {
        let descriptor = socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        var isReusable: Int32 = 1
        // As nginx does: connections that have ended do not count.
        if type == SOCK_STREAM {
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isReusable, socklen_t(MemoryLayout<Int32>.size))
        }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) == 0 }
        }
        guard isBound else {
            close(descriptor)
            return nil
        }
        return descriptor
    }
}

/// Somebody who listens on a port of all addresses, until told not to.
package final class PortHolder: Sendable {
    private let descriptor: Mutex<Int32?>

    package init(_ port: UInt16) throws {
        guard let socket = ClaimedPort.bound(to: port, SOCK_STREAM), listen(socket, 1) == 0 else {
            throw Tool.Failure(description: "port \(port) cannot be listened on")
        }
        descriptor = Mutex(socket)
    }

    package func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor.take() { close(open) }
        }
    }

    deinit { release() }
}
