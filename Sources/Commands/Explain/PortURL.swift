import NginxSyntax
import ProxyConfiguration

/// A port as a client connects to it: `tcp://db.example:5432`.
struct PortURL: Sendable, Hashable {
    let transport: StreamServer.Transport
    /// Whatever names the machine; any name leads to the same port.
    let host: String
    let port: PortNumber

    /// Whether a text is meant for a port, be it right or not.
    static func isMeant(_ text: String) -> Bool {
        StreamServer.Transport.allCases.contains { text.lowercased().hasPrefix("\($0.rawValue)://") }
    }

    /// Returns `nil` for all but `tcp` or `udp`, a host or none, and a port.
    init?(_ text: String) {
        guard let end = text.firstRange(of: "://"),
            let transport = StreamServer.Transport(rawValue: text[..<end.lowerBound].lowercased())
        else { return nil }
        let rest = text[end.upperBound...].prefix { $0 != "/" }
        guard let colon = rest.lastIndex(of: ":"), let number = Int(rest[rest.index(after: colon)...]),
            let port = PortNumber(number)
        else { return nil }
        self.transport = transport
        self.port = port
        host = String(rest[..<colon])
        guard !host.contains(where: { $0.isWhitespace || $0 == "@" }) else { return nil }
    }

    /// Such as `TCP port 5432`.
    var name: String { "\(transport.rawValue.uppercased()) port \(port)" }
}
