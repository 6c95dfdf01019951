import Crypto
import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import TextCoding

/// The variables by which nginx chooses between a backend and its canary.
///
/// Each asks the next where it decides nothing: the session, the header, the cookie, the share. The first of them holds 1
/// for requests of the canary, and one more turns that into the name of a backend.
struct CanaryRouting {
    /// Holds the backend of a request, as `proxy_pass` takes it.
    let backend: VariableName
    /// Holds the canary's name in the access log for requests that it takes, and nothing for others.
    let canaryName: VariableName
    /// Holds 1 for requests of the canary.
    let verdict: Expression
    let declarations: [SharedDeclaration]

    init?(_ primary: Backend, _ canary: CanaryBackend) {
        let rules = canary.rules
        // Another name for each Ingress, so that each line has its origin, and for whatever the variable says.
        let marks = (primary: primary.sessionMark, canary: canary.backend.sessionMark)
        let words =
            [canary.origin?.description ?? ""] + rules.words
            + (rules.session.map { [$0.cookie.value, "\($0.keepsAtCanary)", marks.primary, marks.canary] } ?? [])
        guard let prefix = VariableName("canary_\(Self.digest(words))"),
            let backend = VariableName("canary_\(Self.digest(words + [primary.proxyName, canary.backend.proxyName]))"),
            let canaryName = VariableName("\(backend.value)_n"),
            let first = Expression(literal: primary.proxyName),
            let second = Expression(literal: canary.backend.proxyName)
        else { return nil }
        (self.backend, self.canaryName) = (backend, canaryName)
        var chain = CanaryChain(prefix, canary.origin)
        var next = chain.share(rules.share)
        if let cookie = rules.cookie { next = chain.cookie(cookie, orElse: next) }
        if let header = rules.header { next = chain.header(header, orElse: next) }
        if let session = rules.session { next = chain.session(session, marks, orElse: next) }
        verdict = next
        chain.declare(MapContext(next, [(.fallback, first), (Self.chosen, second)]), as: backend)
        let name = (canary.backendName ?? canary.backend.logName).flatMap { Expression(literal: $0.text) }
        chain.declare(MapContext(next, [(.fallback, .empty), (Self.chosen, name ?? .empty)]), as: canaryName)
        declarations = chain.declarations
    }

    /// The verdict on requests of the canary.
    static let chosen = MapKey.literal(Text(known: "1"))

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
