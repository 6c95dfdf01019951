import NginxSyntax

extension Forwarding {
    /// The request as nginx takes it: of the client that a proxy tells of, where the proxy is believed.
    func seen(_ request: Request) -> Request {
        var seen = request
        seen.client = client(of: request)
        guard sendsURL, isBelieved(request.client) else { return seen }
        switch request.firstForwarded("x-forwarded-proto")?.lowercased() {
        case "http", "ws": seen.scheme = .http
        case "https", "wss": seen.scheme = .https
        default: break
        }
        seen.forwardedHost = request.firstForwarded("x-forwarded-host").flatMap { $0.isForwardedHost ? $0 : nil }
        return seen
    }

    /// nginx takes a peer without an address for the last one of IPv4.
    private func isBelieved(_ peer: IPAddress?) -> Bool {
        guard let peer = peer ?? IPAddress("255.255.255.255") else { return false }
        return proxies.contains { $0.contains(peer) }
    }

    /// The last address of the header that is none of a proxy's (`ngx_http_get_forwarded_addr`).
    private func client(of request: Request) -> IPAddress? {
        guard var client = request.client, !readsProxyLines else { return request.client }
        let list = request.headers[addressHeader.lowercased] ?? ""
        for item in list.split(whereSeparator: { $0 == " " || $0 == "," }).reversed() {
            guard proxies.contains(where: { $0.contains(client) }), let address = IPAddress(forwarded: item) else {
                break
            }
            client = address
        }
        return client
    }
}

extension Request {
    /// The first item of a header with a list, without blanks around it; `nil` where there is none.
    fileprivate func firstForwarded(_ name: String) -> String? {
        let item = headers[name]?.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).first
        return item.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
    }
}

extension String {
    /// Whether it is a host as proxies tell it, with a port or without one.
    fileprivate var isForwardedHost: Bool { RegularExpression.forwardedHost.firstMatch(in: Array(utf8)) != nil }
}

extension RegularExpression {
    fileprivate static let forwardedHost = RegularExpression(
        known: #"^(?i:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?\z"#
    )
}

extension IPAddress {
    /// Reads an address as proxies list it, with a port or without one.
    fileprivate init?(forwarded text: Substring) {
        if let address = IPAddress(String(text)) {
            self = address
            return
        }
        guard let colon = text.lastIndex(of: ":"), Self.isPort(text[text.index(after: colon)...]) else {
            guard let address = Self.bracketed(text) else { return nil }
            self = address
            return
        }
        let host = text[..<colon]
        guard let address = Self.bracketed(host) ?? IPAddress(String(host)) else { return nil }
        self = address
    }

    private static func bracketed(_ text: Substring) -> IPAddress? {
        guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
        return IPAddress(String(text.dropFirst().dropLast()))
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return false
        }
        return Int(text).map { (1...65_535).contains($0) } ?? false
    }
}
