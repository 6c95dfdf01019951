import NginxSyntax
import ProxyConfiguration

/// How a map reads a cookie: by nginx's own variable for it or, where its name can be none, from the whole header.
struct CookieReading {
    /// The text that a map is of.
    let source: Expression
    private let beginning: String
    private let end: String

    init(_ cookie: CookieName) {
        if let own = VariableName("cookie_\(cookie.value.lowercased())") {
            (source, beginning, end) = (Expression(own), "^", #"\z"#)
            return
        }
        let name = RegularExpression.escaping(cookie.value)
        source = Expression(VariableName(known: "http_cookie"))
        beginning = "^(?:(?!(?i:\(name)) *=)[^;,]*+[;,] *+)*+(?i:\(name)) *= *"
        end = #"(?:;|\z)"#
    }

    /// Matches a cookie that a pattern matches as a whole; `nil` for what is none.
    func key(_ pattern: String) -> MapKey? {
        (try? RegularExpression(beginning + pattern + end)).map { .expression($0, ignoresCase: false) }
    }
}
