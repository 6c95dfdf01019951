import NginxSyntax
import ProxyConfiguration

extension PathMatch {
    /// The match as one of an ordered list.
    ///
    /// Everything is an expression, but for `/`: nginx takes that last, as whoever ordered the list does.
    /// `nil` for an expression that matches nothing.
    var orderedMatch: LocationMatch? {
        switch self {
        case .exact(let path):
            // `$` would also match before a final newline, which %0A brings.
            expression("^\(RegularExpression.escaping(path.value))\\z", ignoresCase: false) ?? .exact(path)
        case .prefix(let path) where path.value == "/":
            .prefix(path)
        case .prefix(let path):
            expression("^\(RegularExpression.escaping(path.value))(?:/|\\z)", ignoresCase: false) ?? .prefix(path)
        case .expression(let expression):
            (try? expression.anchored()).map { .expression($0, ignoresCase: true) }
        }
    }

    private func expression(_ pattern: String, ignoresCase: Bool) -> LocationMatch? {
        (try? RegularExpression(pattern)).map { .expression($0, ignoresCase: ignoresCase) }
    }
}

extension RegularExpression {
    /// The same pattern for a directive that has no other way to ignore case.
    var ignoringCase: RegularExpression { (try? RegularExpression("(?i)\(pattern)", matchLimit: matchLimit)) ?? self }
}
