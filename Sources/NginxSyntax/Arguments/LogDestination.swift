/// Where nginx writes a log to: a file, or a syslog server.
///
/// See [Logging to syslog](https://nginx.org/en/docs/syslog.html).
package enum LogDestination: DirectiveArgument {
    case file(FilePath)
    /// An address, because nginx refuses its whole configuration where it cannot resolve a name.
    case syslog(IPAddress, PortNumber)

    package static var kind: ArgumentKind { .path }

    package func write(to output: inout [UInt8]) {
        switch self {
        case .file(let path): path.write(to: &output)
        case .syslog(let address, let port):
            output.append(contentsOf: "syslog:server=".utf8)
            SocketAddress.internet(address, port).write(to: &output)
        }
    }
}

extension LogDestination: CustomStringConvertible {
    package var description: String { printedForm }
}
