import NginxSyntax
import ProxyConfiguration

/// A running controller, to which requests are sent whatever host they are for.
struct ComparedAddress: Sendable, Hashable {
    /// As the user wrote it.
    let text: String
    /// `host:port` for each scheme that it is asked by.
    let connections: [Listener.Scheme: String]

    /// Takes `http://HOST[:PORT]` or `https://HOST[:PORT]` for one scheme, and for both `HOST` or
    /// `HOST:HTTP-PORT,HTTPS-PORT`; an IPv6 address stands in brackets.
    init?(_ text: String) {
        self.text = text
        var rest = text[...]
        var schemes = Listener.Scheme.allCases
        if let end = text.firstRange(of: "://") {
            guard let scheme = Listener.Scheme(rawValue: text[..<end.lowerBound].lowercased()) else { return nil }
            schemes = [scheme]
            rest = text[end.upperBound...]
            if rest.hasSuffix("/") { rest.removeLast() }
        }
        let host = rest.hasPrefix("[") ? rest.prefix { $0 != "]" } + "]" : rest.prefix { $0 != ":" }
        guard host.count > (host.hasPrefix("[") ? 2 : 0), rest.hasPrefix(host), !host.contains(where: Self.isForeign)
        else { return nil }
        rest = rest.dropFirst(host.count)
        var ports = schemes.map { $0 == .http ? 80 : 443 }
        if rest.hasPrefix(":") {
            ports = rest.dropFirst().split(separator: ",", omittingEmptySubsequences: false).compactMap { Int($0) }
            rest = ""
        }
        guard rest.isEmpty, ports.count == schemes.count, ports.allSatisfy({ PortNumber($0) != nil }) else {
            return nil
        }
        connections = Dictionary(
            zip(schemes, ports.map { "\(host):\($0)" }),
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static func isForeign(_ character: Character) -> Bool {
        !character.isASCII || character.isWhitespace || "/?#@,".contains(character)
    }
}
