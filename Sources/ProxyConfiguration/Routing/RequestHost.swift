import NginxSyntax

/// The host of a request as nginx compares it: in lower case, without a port and without a final dot.
struct RequestHost: Sendable, Hashable {
    var text: String

    /// Returns `nil` where nginx answers 400 (`ngx_http_validate_host`).
    init?(_ header: String) {
        var host = Substring(header.lowercased())
        if host.first == "[" {
            guard let end = host.firstIndex(of: "]") else { return nil }
            host = host[...end]
        } else if let colon = host.firstIndex(of: ":") {
            host = host[..<colon]
        }
        if host.last == "." { host.removeLast() }
        guard !host.contains("/"), !host.contains(".."), host.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            return nil
        }
        text = String(host)
    }

    /// What follows the first label; `nil` where there is none, or no name behind it.
    var parent: String? {
        guard let dot = text.firstIndex(of: "."), dot != text.startIndex else { return nil }
        return String(text[text.index(after: dot)...])
    }
}
