/// One HTTP request, to be sent exactly as it is described.
package struct CurlRequest: Sendable {
    package enum Scheme: String, Sendable, Hashable {
        case http, https
    }

    package enum Version: Sendable, Hashable {
        case http10, http11, http2
    }

    /// The host name that a TLS client asks a certificate for (SNI).
    package enum ServerName: Sendable, Hashable {
        /// The host of the URL.
        case host
        case name(String)
        case omitted
    }

    package var method: String
    package var scheme: Scheme
    /// As written, in whatever case.
    package var host: String
    /// `nil` stands for the scheme's usual port.
    package var port: Int?
    /// The path and the query, sent as they are written here.
    package var target: String
    /// A header with the value `nil` is not sent, even if curl or HTTP would have one, such as `Host`.
    package var headers: [(name: String, value: String?)] = []
    package var body: String?
    package var version = Version.http11
    package var serverName = ServerName.host

    /// Reads a line such as `GET https://shop.example:8443/a?b`; `nil` if it is not of that form.
    package init?(_ line: String) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, !words[0].isEmpty, let schemeEnd = words[1].firstRange(of: "://") else { return nil }
        guard let scheme = Scheme(rawValue: words[1][..<schemeEnd.lowerBound].lowercased()) else { return nil }
        let rest = words[1][schemeEnd.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest[authority.endIndex...]
        guard let (host, port) = Self.split(authority) else { return nil }
        method = String(words[0])
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// `host`, `host:port` or `[address]:port`.
    private static func split(_ authority: Substring) -> (host: String, port: Int?)? {
        let bracket = authority.lastIndex(of: "]")
        guard let colon = authority.lastIndex(of: ":"), bracket.map({ $0 < colon }) ?? true else {
            return authority.isEmpty ? nil : (String(authority), nil)
        }
        let host = authority[..<colon]
        guard !host.isEmpty, let port = UInt16(authority[authority.index(after: colon)...]) else { return nil }
        return (String(host), Int(port))
    }

    /// The value of the `Host` header if no header overrides it.
    package var authority: String { port.map { "\(host):\($0)" } ?? host }
}
