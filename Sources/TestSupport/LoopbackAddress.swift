import Foundation
import Synchronization

/// An address of this machine that no other test has.
///
/// With an address of its own a test may use the port numbers that it likes.
package struct LoopbackAddress: Sendable, Hashable, CustomStringConvertible {
    /// Such as `127.4.98.3`.
    package let description: String

    /// Takes an address in 127.0.0.0/8 that is this process's until it ends.
    ///
    /// Throws if the system knows only 127.0.0.1.
    package static func unique() throws -> LoopbackAddress {
        while true {
            let number = next.withLock { number in
                number += 1
                return number
            }
            // From 127.1.0.1 on: the addresses below are in everyday use.
            let low = number % 254 + 1
            let middle = number / 254 % 256
            let high = number / 254 / 256 % 254 + 1
            let text = "127.\(high).\(middle).\(low)"
            if try claim(text) { return LoopbackAddress(description: text) }
        }
    }

    /// Processes start in different places, so that they seldom find an address taken.
    private static let next = Mutex(UInt32(getpid()) &* 254)

    /// The port whose UDP socket marks an address as taken; nothing is ever sent to it.
    private static let markerPort: UInt16 = 61_999

    /// Marks an address as taken, by a socket that stays open as long as the process; `false` if another has it.
    private static func claim(_ text: String) throws -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = markerPort.bigEndian
        inet_pton(AF_INET, text, &address.sin_addr)
        let marker = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(marker, $0, size) == 0 }
        }
        if isBound { return true }
        let reason = errno
        close(marker)
        guard reason == EADDRINUSE else {
            throw Tool.Failure(description: "\(text) can't be used: \(String(cString: strerror(reason)))")
        }
        return false
    }
}
