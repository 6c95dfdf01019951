/// Where nginx writes a log to: a file, or a syslog server.
///
/// See [Logging to syslog](https://nginx.org/en/docs/syslog.html).
package enum LogDestination: DirectiveArgument {
    case file(FilePath)
    /// An address, because nginx refuses its whole configuration where it cannot resolve a name.
    case syslog(IPAddress, PortNumber)
    /// A Unix socket of the controller's own, which takes lines without the name of the machine.
    case socket(LogSocket)

    package static var kind: ArgumentKind { .path }

    package func write(to output: inout [UInt8]) {
        switch self {
        case .file(let path): path.write(to: &output)
        case .syslog(let address, let port):
            output.append(contentsOf: "syslog:server=".utf8)
            SocketAddress.internet(address, port).write(to: &output)
        case .socket(let socket):
            output.append(contentsOf: "syslog:server=unix:\(socket.path),nohostname,tag=postern".utf8)
        }
    }
}

extension LogDestination: CustomStringConvertible {
    package var description: String { printedForm }
}

/// The path of a Unix socket that can stand among the parameters of a log.
package struct LogSocket: Sendable, Hashable {
    package let path: String

    /// Returns `nil` for a path with other characters than letters, digits, `/`, `.`, `_` and `-`, or a longer one than
    /// a socket may have.
    package init?(_ path: String) {
        let isPlain = path.utf8.allSatisfy { byte in
            "/._-".utf8.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte)
        }
        guard isPlain, path.hasPrefix("/"), path.utf8.count <= 107 else { return nil }
        self.path = path
    }

    /// Reads the destination of a log; returns `nil` for another one.
    package init?(of destination: String) {
        guard destination.hasPrefix("syslog:server=unix:"), destination.hasSuffix(",nohostname,tag=postern") else {
            return nil
        }
        self.init(String(destination.dropFirst(19).dropLast(23)))
    }
}
