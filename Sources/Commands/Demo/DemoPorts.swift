import FlyingSocks
import Foundation
import NginxSyntax

/// The two ports of 127.0.0.1 where the demo listens.
struct DemoPorts: Sendable, Hashable {
    static let host = "127.0.0.1"

    let http: PortNumber
    let https: PortNumber

    /// Takes the ports that were asked for, or the first free ones from 8080 and from 8443 on.
    init(http: ListenPort?, https: ListenPort?) throws(CommandFailure) {
        let http = try Self.port(http, from: 8080, besides: https.flatMap { PortNumber($0.number) }, "--http-port")
        self.http = http
        self.https = try Self.port(https, from: 8443, besides: http, "--https-port")
    }

    private static func port(
        _ asked: ListenPort?,
        from first: Int,
        besides other: PortNumber?,
        _ option: String
    ) throws(CommandFailure) -> PortNumber {
        if let port = asked.flatMap({ PortNumber($0.number) }) {
            guard let reason = obstacle(to: port) else { return port }
            throw CommandFailure("\(host):\(port) cannot be listened on: \(reason); \(option) takes another port")
        }
        let ports = (first..<first + 200).lazy.compactMap { PortNumber($0) }
        guard let port = ports.first(where: { $0 != other && obstacle(to: $0) == nil }) else {
            throw CommandFailure("no port of \(host) from \(first) to \(first + 199) is free; \(option) takes another")
        }
        return port
    }

    /// Why nobody can listen on a port now; `nil` if one can.
    private static func obstacle(to port: PortNumber) -> String? {
        do {
            let socket = try Socket(domain: AF_INET, type: .stream)
            defer { try? socket.close() }
            try socket.setValue(true, for: .localAddressReuse)
            try socket.bind(to: .inet(ip4: host, port: port.value))
            try socket.listen()
            return nil
        } catch SocketError.failed(_, let errno, _) {
            return String(cString: strerror(errno))
        } catch {
            return "\(error)"
        }
    }
}
