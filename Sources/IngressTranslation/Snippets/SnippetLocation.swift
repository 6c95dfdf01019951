import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// A location that a snippet adds to its host, which answers by steps of its own.
struct SnippetLocation: Sendable, Hashable {
    var match: Match
    /// As the snippet writes it.
    var text: String
    /// In the snippet, 1-based.
    var line: Int
    var snippet: Snippet

    /// Which paths it is for, in nginx's order: exact ones, those that are final, expressions, and all others.
    enum Match: Sendable, Hashable {
        case exact(LocationPath)
        case prefix(LocationPath, isFinal: Bool)
        case expression(RegularExpression)
    }

    /// Whether it keeps requests away that it takes.
    var mayRefuse: Bool {
        snippet.script.steps.contains { step in
            switch step {
            case .act(.answer(let status, _)): status.value >= 400
            case .act: false
            case .test(_, let acts):
                acts.contains { if case .answer(let status, _) = $0 { status.value >= 400 } else { false } }
            }
        }
    }

    /// The paths as locations of Ingresses have them; `nil` for what nginx cannot carry.
    ///
    /// Prefixes of nginx end anywhere, and not with a segment, and mind the case of letters.
    func path(matchLimit: Int) -> PathMatch? {
        switch match {
        case .exact(let path): .exact(path)
        case .prefix(.root, _): .prefix(.root)
        case .prefix(let path, _):
            (try? RegularExpression("(?-i:\(RegularExpression.escaping(path.value)))", matchLimit: matchLimit))
                .map(PathMatch.expression)
        case .expression(let expression): .expression(expression.limited(to: matchLimit))
        }
    }
}

extension SnippetLocation.Match {
    /// Reads what stands between `location` and its block.
    init(_ words: [String]) throws(SnippetRefusal) {
        guard let last = words.last, words.count <= 2 else { throw SnippetRefusal("it takes a modifier and a path") }
        let modifier = words.count == 2 ? words[0] : ""
        switch modifier {
        case "=": self = .exact(try Self.path(last))
        case "", "^~": self = .prefix(try Self.path(last), isFinal: modifier == "^~")
        case "~": self = .expression(try Self.expression("(?-i:\(last))", last))
        case "~*": self = .expression(try Self.expression("(?:\(last))", last))
        default: throw SnippetRefusal("'\(modifier.excerpt)' is no modifier of it")
        }
    }

    static func path(_ text: String) throws(SnippetRefusal) -> LocationPath {
        guard let path = LocationPath(text), text.utf8.count <= 900, text.turningScalar == nil else {
            throw SnippetRefusal("'\(text.excerpt)' is no path; only steps of nginx itself lead to a named location")
        }
        return path
    }

    /// An expression that matches anywhere, where those of paths match at the start.
    private static func expression(_ group: String, _ text: String) throws(SnippetRefusal) -> RegularExpression {
        _ = try SnippetReader.expression(text)
        let isAtStart = text.hasPrefix("^") && !text.contains("|")
        let expression = try SnippetReader.expression((isAtStart ? "" : "(?s:.*?)") + group)
        guard (try? expression.anchored()) != nil else {
            throw SnippetRefusal("'\(text.excerpt)' cannot stand in a group")
        }
        return expression
    }
}
