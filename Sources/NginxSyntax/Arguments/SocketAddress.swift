/// An address that nginx listens on or connects to.
package enum SocketAddress: DirectiveArgument {
    /// `10.0.0.1:80`, `[fd00::1]:80`.
    case internet(IPAddress, PortNumber)
    /// `80`: that port of every IPv4 address; only for `listen`.
    case port(PortNumber)
    /// `[::]:80`: that port of every IPv6 address; only for `listen`.
    case anyIPv6(PortNumber)
    /// `unix:/run/nginx.sock`.
    case unix(FilePath)

    package static var kind: ArgumentKind { .socketAddress }

    package func write(to output: inout [UInt8]) {
        switch self {
        case .internet(let address, let port):
            address.write(to: &output)
            output.append(":")
            port.write(to: &output)
        case .port(let port):
            port.write(to: &output)
        case .anyIPv6(let port):
            output.append("[::]:")
            port.write(to: &output)
        case .unix(let path):
            path.form.write(to: &output, prefix: "unix:")
        }
    }
}

extension SocketAddress: CustomStringConvertible {
    package var description: String { printedForm }
}

extension SocketAddress: Comparable {
    /// Ports of every address first, then by address and port, then by path.
    package static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.internet(let leftAddress, let leftPort), .internet(let rightAddress, let rightPort)):
            leftAddress == rightAddress ? leftPort < rightPort : leftAddress < rightAddress
        case (.port(let left), .port(let right)), (.anyIPv6(let left), .anyIPv6(let right)): left < right
        case (.unix(let left), .unix(let right)): left < right
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .port: 0
        case .anyIPv6: 1
        case .internet: 2
        case .unix: 3
        }
    }
}
