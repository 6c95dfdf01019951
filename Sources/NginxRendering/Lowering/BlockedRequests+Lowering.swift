import Crypto
import NginxSyntax
import ProxyConfiguration

/// The variable that is set for requests which are refused, and what it is made from.
struct LoweredBlocking: Sendable, Hashable {
    /// Holds `1` for the requests; nothing for all others.
    let variable: VariableName
    let declarations: [SharedDeclaration]

    /// Returns `nil` where there is nothing to refuse.
    init?(_ blocked: BlockedRequests) {
        let hash = Self.hash(blocked)
        var parts: [SharedDeclaration] = []
        if !blocked.networks.isEmpty {
            let networks = NetworksContext(networks: blocked.networks)
            let variable = VariableName(known: "blocked", hashes: hash, suffix: "client")
            parts.append(SharedDeclaration(.networks(networks), of: .blocking, as: variable))
        }
        let headers: [([HeaderPattern], StaticString, StaticString)] = [
            (blocked.userAgents, "http_user_agent", "user_agent"), (blocked.referers, "http_referer", "referer"),
        ]
        for (patterns, source, suffix) in headers where !patterns.isEmpty {
            let map = MapContext(
                Expression(VariableName(known: source)),
                [(.fallback, .empty)] + patterns.map { ($0.key, Self.yes) }
            )
            let variable = VariableName(known: "blocked", hashes: hash, suffix: suffix)
            parts.append(SharedDeclaration(.map(map), of: .blocking, as: variable))
        }
        guard let first = parts.first else { return nil }
        guard parts.count > 1, let source = Expression(parts: parts.map { .variable($0.variable) }) else {
            (variable, declarations) = (first.variable, parts)
            return
        }
        variable = VariableName(known: "blocked", hashes: hash, suffix: "request")
        let any = MapContext(source, [(.fallback, Self.yes), (.literal(Text(known: "")), .empty)])
        declarations =
            parts + [SharedDeclaration(.map(any), of: .blocking, as: variable, comment: Self.comment)]
    }

    private static let yes = Expression(known: "1")
    private static let comment = CommentText(known: "Is set for requests that are refused, whatever they ask for.")

    /// Another one for each list, and the same one always.
    private static func hash(_ blocked: BlockedRequests) -> UInt64 {
        var hash = SHA256()
        for words in [blocked.networks.map(\.description), blocked.userAgents.words, blocked.referers.words] {
            // Each is preceded by its length, so that no two lists give the same bytes.
            hash.update(data: Array("\(words.count) ".utf8))
            for word in words { hash.update(data: Array("\(word.utf8.count) \(word) ".utf8)) }
        }
        return hash.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension HeaderPattern {
    fileprivate var key: MapKey {
        switch self {
        case .text(let text): .literal(text)
        case .expression(let expression, let ignoresCase): .expression(expression, ignoresCase: ignoresCase)
        }
    }
}

extension [HeaderPattern] {
    fileprivate var words: [String] { map(\.key.description) }
}
