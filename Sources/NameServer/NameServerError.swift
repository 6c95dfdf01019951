package import NginxSyntax

/// Why no question can be answered.
package enum NameServerError: Error, Hashable {
    /// Another program has the port, at one of the addresses at least.
    case portTaken(UInt16)
    /// Whoever else could ask must not.
    case notLoopback(IPAddress)
    /// What the system says.
    case unavailable(String)
}

extension NameServerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .portTaken(let port): "port \(port) of a loopback address is taken by another program"
        case .notLoopback(let address): "\(address) is no loopback address of IPv4"
        case .unavailable(let reason): "no socket for names can be had: \(reason)"
        }
    }
}
