import ProxyConfiguration

/// A request to try, and what comes of it.
struct DemoRequest: Sendable, Hashable {
    var outcome: String
    var scheme: Listener.Scheme
    var host: String
    var target: String
    /// Whether the headers of the answer are the point.
    var showsHead: Bool

    init(_ outcome: String, _ scheme: Listener.Scheme, _ host: String, _ target: String, showsHead: Bool = false) {
        self.outcome = outcome
        self.scheme = scheme
        self.host = host
        self.target = target
        self.showsHead = showsHead
    }

    /// A line for a shell, which works without an entry for the host in DNS.
    func commandLine(_ ports: DemoPorts, bypassesProxy: Bool) -> String {
        var words = ["curl"]
        if showsHead { words.append("-i") }
        if bypassesProxy { words.append("--noproxy '*'") }
        switch scheme {
        case .http:
            words += ["-H 'Host: \(host)'", "'http://\(DemoPorts.host):\(ports.http)\(target)'"]
        case .https:
            // TLS asks for the certificate by the URL's host.
            words += [
                "-k --resolve \(host):\(ports.https):\(DemoPorts.host)", "'https://\(host):\(ports.https)\(target)'",
            ]
        }
        return words.joined(separator: " ")
    }
}
