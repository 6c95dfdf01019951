import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// A location that a snippet has within that of a path: it answers requests of the path by itself.
struct NestedLocation: Sendable, Hashable {
    var match: Match
    /// What it does, as acts of a script; the last one answers.
    var acts: [RequestAct]
    /// In the snippet, 1-based.
    var line: Int

    enum Match: Sendable, Hashable {
        case exact(LocationPath)
        /// - Parameter isFinal: Whether expressions of the same snippet come behind it.
        case prefix(LocationPath, isFinal: Bool)
        case expression(RegularExpression, ignoresCase: Bool)
    }

    /// The path that it names; `nil` for an expression.
    var path: LocationPath? {
        switch match {
        case .exact(let path), .prefix(let path, _): path
        case .expression: nil
        }
    }

    /// Whether it gets requests of one of the paths; those of expressions may be any.
    func isWithin(_ paths: [String]) -> Bool {
        guard let own = path?.value else { return true }
        return paths.contains { path in
            let stem = path.hasSuffix("/") ? String(path.dropLast()) : path
            return own == path || own.hasPrefix("\(stem)/")
        }
    }

    /// The pattern of the condition, as it stands in a snippet.
    static func condition(_ words: [String]) -> String {
        let text = words.last ?? ""
        switch words.count == 2 ? words[0] : "" {
        case "=": return "$uri = \(text)"
        case "~": return "$uri ~ \(text)"
        case "~*": return "$uri ~* \(text)"
        default: return "$uri ~ ^\(RegularExpression.escaping(text))"
        }
    }
}

extension NestedLocation.Match {
    /// Reads what stands between `location` and its block.
    init(_ words: [String]) throws(SnippetRefusal) {
        guard let last = words.last, words.count <= 2 else { throw SnippetRefusal("it takes a modifier and a path") }
        switch words.count == 2 ? words[0] : "" {
        case "=": self = .exact(try SnippetLocation.Match.path(last))
        case "": self = .prefix(try SnippetLocation.Match.path(last), isFinal: false)
        case "^~": self = .prefix(try SnippetLocation.Match.path(last), isFinal: true)
        case "~": self = .expression(try SnippetReader.expression(last), ignoresCase: false)
        case "~*": self = .expression(try SnippetReader.expression(last), ignoresCase: true)
        default: throw SnippetRefusal("'\(words[0].excerpt)' is no modifier of it")
        }
    }
}

extension [NestedLocation] {
    /// The steps that do what nginx would do with the locations, in its order: exact paths, prefixes that are final,
    /// expressions, and all other prefixes, of which the longest counts.
    var steps: [RequestStep] {
        get throws(SnippetRefusal) {
            let prefixes = filter { $0.prefix != nil }.sorted { $0.length > $1.length }
            let expressions = filter { $0.path == nil }
            var tests: [(NestedLocation, RequestTest.Comparison)] = []
            for location in self {
                guard case .exact(let path) = location.match else { continue }
                guard let text = Expression(literal: path.value) else { throw SnippetRefusal("its path is too long") }
                tests.append((location, .equals(text)))
            }
            for location in prefixes where location.isFinal {
                let longer = expressions.isEmpty ? [] : prefixes.filter { !$0.isFinal }
                tests.append((location, try location.comparison(except: longer)))
            }
            for location in expressions {
                guard case .expression(let pattern, let ignoresCase) = location.match else { continue }
                tests.append((location, .matches(pattern, ignoresCase: ignoresCase)))
            }
            for location in prefixes where !location.isFinal {
                tests.append((location, try location.comparison(except: [])))
            }
            return tests.map { .test(RequestTest(VariableName(known: "uri"), $1), $0.acts) }
        }
    }
}

extension NestedLocation {
    fileprivate var prefix: String? { if case .prefix(let path, _) = match { path.value } else { nil } }
    fileprivate var isFinal: Bool { if case .prefix(_, isFinal: true) = match { true } else { false } }
    fileprivate var length: Int { prefix?.utf8.count ?? 0 }

    /// - Parameter others: Prefixes that count in its place where they are longer: expressions come before them.
    fileprivate func comparison(except others: [NestedLocation]) throws(SnippetRefusal) -> RequestTest.Comparison {
        let own = prefix ?? ""
        let rests = others.compactMap(\.prefix).filter { $0.hasPrefix(own) && $0 != own }.map {
            RegularExpression.escaping(String($0.dropFirst(own.count)))
        }
        let except = rests.isEmpty ? "" : "(?!\(rests.joined(separator: "|")))"
        return .matches(
            try SnippetReader.expression("^\(RegularExpression.escaping(own))\(except)"),
            ignoresCase: false
        )
    }
}
