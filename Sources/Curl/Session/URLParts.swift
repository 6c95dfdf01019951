/// The parts of a URL that has a host.
struct URLParts: Hashable {
    var scheme: String
    /// In brackets where it is an address of IPv6.
    var host: String
    var port: String
    /// The path with the query.
    var target: String

    init?(_ url: String) {
        guard let separator = url.firstRange(of: "://") else { return nil }
        scheme = String(url[..<separator.lowerBound])
        let rest = url[separator.upperBound...]
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        target = String(rest[authority.endIndex...])
        if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
            host = String(authority[..<colon])
            port = String(authority[authority.index(after: colon)...])
        } else {
            host = String(authority)
            port = scheme == "https" ? "443" : "80"
        }
        guard !host.isEmpty, !port.isEmpty else { return nil }
    }
}
