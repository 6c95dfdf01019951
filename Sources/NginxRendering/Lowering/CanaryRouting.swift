import Crypto
import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import TextCoding

/// The variables by which nginx chooses between a backend and its canary.
///
/// Each asks the next where it decides nothing: the header, the cookie, the share. The last of them holds 1 for requests
/// of the canary, and one more turns that into the name of a backend.
struct CanaryRouting {
    /// Holds the backend of a request, as `proxy_pass` takes it.
    let backend: VariableName
    /// Holds the canary's name in the access log for requests that it takes, and nothing for others.
    let canaryName: VariableName
    private(set) var declarations: [SharedDeclaration] = []

    init?(_ primary: Backend, _ canary: CanaryBackend) {
        let rules = canary.rules
        // Another name for each Ingress, so that each line has its origin, and for whatever the variable says.
        let words = [canary.origin?.description ?? ""] + rules.words
        guard let chain = VariableName("canary_\(Self.digest(words))"),
            let backend = VariableName("canary_\(Self.digest(words + [primary.proxyName, canary.backend.proxyName]))"),
            let canaryName = VariableName("\(backend.value)_n"),
            let first = Expression(literal: primary.proxyName),
            let second = Expression(literal: canary.backend.proxyName)
        else { return nil }
        (self.backend, self.canaryName) = (backend, canaryName)
        var next = share(rules.share)
        if let cookie = rules.cookie { next = self.cookie(cookie, orElse: next, canary, chain) }
        if let header = rules.header { next = self.header(header, orElse: next, canary, chain) }
        declare(MapContext(next, [(.fallback, first), (Self.chosen, second)]), as: backend, canary)
        let name = (canary.backendName ?? canary.backend.logName).flatMap { Expression(literal: $0.text) }
        declare(MapContext(next, [(.fallback, .empty), (Self.chosen, name ?? .empty)]), as: canaryName, canary)
    }

    private static let chosen = MapKey.literal(Text(known: "1"))

    /// The variable of a share is that of all canaries with the same.
    private mutating func share(_ share: CanaryRules.Share) -> Expression {
        guard share != .none, share != .all, let variable = VariableName("canary_share_\(share.hundredths)"),
            let split = SplitContext(share)
        else { return share == .all ? Expression(known: "1") : Expression(known: "0") }
        declarations.append(SharedDeclaration(.split(split), of: .canary, as: variable))
        return Expression(variable)
    }

    private mutating func cookie(
        _ cookie: CookieName,
        orElse next: Expression,
        _ canary: CanaryBackend,
        _ chain: VariableName
    ) -> Expression {
        guard let variable = VariableName("\(chain.value)_c") else { return next }
        var entries = [(MapKey.fallback, next)]
        var source = VariableName(known: "http_cookie")
        if let own = VariableName("cookie_\(cookie.value.lowercased())") {
            source = own
            entries += Self.words { "^\($0)\\z" }
        } else {
            // nginx has no variable for such a name.
            let name = RegularExpression.escaping(cookie.value)
            entries += Self.words { "^(?:(?!(?i:\(name)) *=)[^;,]*+[;,] *+)*+(?i:\(name)) *= *\($0)(?:;|\\z)" }
        }
        declare(MapContext(Expression(source), entries), as: variable, canary)
        return Expression(variable)
    }

    private mutating func header(
        _ header: CanaryRules.Header,
        orElse next: Expression,
        _ canary: CanaryBackend,
        _ chain: VariableName
    ) -> Expression {
        guard let variable = VariableName("\(chain.value)_h") else { return next }
        var entries = [(MapKey.fallback, next)]
        switch header.rule {
        case .alwaysOrNever: entries += Self.words { "^\($0)\\z" }
        // An expression, because literal keys are compared without regard to case.
        case .value(let text):
            let pattern = "^\(RegularExpression.escaping(text.value))\\z"
            entries += (try? RegularExpression(pattern)).map { [(Self.key($0), Expression(known: "1"))] } ?? []
        case .expression(let expression): entries.append((Self.key(expression), Expression(known: "1")))
        case .never: entries.append((Self.key(RegularExpression(known: ".")), Expression(known: "0")))
        }
        declare(MapContext(Expression(header.name.requestVariable), entries), as: variable, canary)
        return Expression(variable)
    }

    private mutating func declare(_ map: MapContext, as variable: VariableName, _ canary: CanaryBackend) {
        declarations.append(SharedDeclaration(.map(map), of: .canary, as: variable, origin: canary.origin))
    }

    /// The entries of `always` and `never`.
    private static func words(_ pattern: (String) -> String) -> [(MapKey, Expression)] {
        [("always", Expression(known: "1")), ("never", Expression(known: "0"))].compactMap { word, value in
            (try? RegularExpression(pattern(word))).map { (key($0), value) }
        }
    }

    private static func key(_ expression: RegularExpression) -> MapKey { .expression(expression, ignoresCase: false) }

    /// 128 bits, of which nobody finds two texts with the same.
    private static func digest(_ words: [String]) -> String {
        var hash = SHA256()
        for word in words { hash.update(data: Array("\(word.utf8.count) \(word) ".utf8)) }
        return hash.finalize().prefix(16).hexadecimal
    }
}

extension CanaryRules {
    /// The same for no two rules.
    fileprivate var words: [String] {
        let header = header.map { [$0.name.lowercased, $0.rule.words.kind, $0.rule.words.value] } ?? []
        return header + [cookie?.value ?? "", "\(share.hundredths)"]
    }
}

extension CanaryRules.Header.Rule {
    fileprivate var words: (kind: String, value: String) {
        switch self {
        case .alwaysOrNever: ("always", "")
        case .value(let text): ("value", text.value)
        case .expression(let expression): ("expression", expression.pattern)
        case .never: ("never", "")
        }
    }
}

extension Backend {
    /// As `proxy_pass` takes it behind `http://`.
    fileprivate var proxyName: String {
        switch self {
        case .upstream(let name): name.value
        case .name(let host, let port): "\(host):\(port)"
        }
    }

    /// The name that the access log makes of the upstream's own.
    var logName: BackendName? {
        if case .upstream(let name) = self { BackendName(ofUpstream: name) } else { nil }
    }
}

extension Location {
    /// How nginx chooses the location's backend; `nil` where there is one only.
    var canaryRouting: CanaryRouting? {
        guard case .proxy(let proxying) = action, let canary = proxying.backends.canary?.value else { return nil }
        return CanaryRouting(proxying.backends.primary, canary)
    }
}
