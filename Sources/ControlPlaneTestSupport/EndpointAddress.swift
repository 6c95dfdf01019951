import FlyingSocks
import Foundation
import Synchronization
import TestSupport

/// An address of this machine that an API server takes for an endpoint of any kind, and that no other test has.
///
/// API servers refuse loopback and link-local addresses of endpoints, if not everywhere, and so does Postern; the machine's
/// other addresses are none of a test's business. `scripts/in-own-network` gives a process a network without any way
/// out, in which all of 198.51.100.0/24 is the machine itself; `make test` runs the tests there.
package struct EndpointAddress: Sendable, Hashable, CustomStringConvertible {
    /// Such as `198.51.100.7`.
    package let description: String

    /// Takes an address that is this process's until it ends.
    ///
    /// Throws outside of a network that `scripts/in-own-network` has made, so that no request can go astray.
    package static func unique() throws -> EndpointAddress {
        let number = next.withLock { number in
            number += 1
            return number
        }
        guard number < 255 else { throw Tool.Failure(description: "no address of 198.51.100.0/24 is left") }
        let address = EndpointAddress(description: "198.51.100.\(number)")
        guard try address.isLocal else {
            throw Tool.Failure(
                description: "\(address) is not this machine; run the tests by `scripts/in-own-network swift test`"
            )
        }
        return address
    }

    /// The first is there to be the interface's own.
    private static let next = Mutex(1)

    /// Whether a socket can be bound to it.
    private var isLocal: Bool {
        get throws {
            let socket = try Socket(domain: AF_INET, type: .datagram)
            defer { try? socket.close() }
            do {
                try socket.bind(to: .inet(ip4: description, port: 0))
                return true
            } catch SocketError.failed(_, EADDRNOTAVAIL, _) {
                return false
            }
        }
    }
}
