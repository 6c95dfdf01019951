import Foundation
import NginxSyntax
import ProxyConfiguration

/// A URL as a client asks for it.
struct RequestURL: Sendable, Hashable {
    let scheme: Listener.Scheme
    /// With its port, if any.
    let host: String
    /// The path as written, and the query.
    let target: String

    /// Takes `http://host/path`, and `host/path` for plain HTTP; returns `nil` for all else.
    init?(_ text: String) {
        var rest = text[...]
        if let end = text.firstRange(of: "://") {
            guard let scheme = Listener.Scheme(rawValue: text[..<end.lowerBound].lowercased()) else { return nil }
            self.scheme = scheme
            rest = text[end.upperBound...]
        } else {
            scheme = .http
        }
        let visible = rest.prefix { $0 != "#" }
        let host = visible.prefix { $0 != "/" && $0 != "?" }
        guard !host.isEmpty, !host.contains("@"), !host.contains(where: \.isWhitespace) else { return nil }
        self.host = String(host)
        let path = visible.dropFirst(host.count)
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }
}
