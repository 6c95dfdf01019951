import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The variables of a canary's rules, of which each asks the next.
struct CanaryChain {
    private let name: VariableName
    private let origin: ObjectReference?
    private(set) var declarations: [SharedDeclaration] = []

    /// - Parameter name: Begins the names of the variables.
    init(_ name: VariableName, _ origin: ObjectReference?) {
        (self.name, self.origin) = (name, origin)
    }

    /// The variable of a share is that of all canaries with the same.
    mutating func share(_ share: CanaryRules.Share) -> Expression {
        guard share != .none, share != .all, let variable = VariableName("canary_share_\(share.hundredths)") else {
            return share == .all ? Self.canary : Self.primary
        }
        declarations.append(SharedDeclaration(.split(SplitContext(share)), of: .canary, as: variable))
        return Expression(variable)
    }

    mutating func cookie(_ cookie: CookieName, orElse next: Expression) -> Expression {
        guard let variable = VariableName("\(name.value)_c") else { return next }
        let reading = CookieReading(cookie)
        let entries = Self.words { reading.key($0) }
        declare(MapContext(reading.source, [(.fallback, next)] + entries), as: variable)
        return Expression(variable)
    }

    mutating func header(_ header: CanaryRules.Header, orElse next: Expression) -> Expression {
        guard let variable = VariableName("\(name.value)_h") else { return next }
        var entries = [(MapKey.fallback, next)]
        switch header.rule {
        case .alwaysOrNever: entries += Self.words { Self.key(ofAll: $0) }
        // An expression, because literal keys are compared without regard to case.
        case .value(let text):
            entries += Self.key(ofAll: RegularExpression.escaping(text.value)).map { [($0, Self.canary)] } ?? []
        case .expression(let expression): entries.append((Self.key(expression), Self.canary))
        case .never: entries.append((Self.key(RegularExpression(known: ".")), Self.primary))
        }
        declare(MapContext(Expression(header.name.requestVariable), entries), as: variable)
        return Expression(variable)
    }

    /// - Parameter marks: Those of the cookies of the two backends' clients.
    mutating func session(
        _ session: CanaryRules.Session,
        _ marks: (primary: String, canary: String),
        orElse next: Expression
    ) -> Expression {
        guard let variable = VariableName("\(name.value)_s") else { return next }
        let own = [(marks.primary, Self.primary)] + (session.keepsAtCanary ? [(marks.canary, Self.canary)] : [])
        declare(SessionVariables(session.cookie).map(own, orElse: next), as: variable)
        return Expression(variable)
    }

    mutating func declare(_ map: MapContext, as variable: VariableName) {
        declarations.append(SharedDeclaration(.map(map), of: .canary, as: variable, origin: origin))
    }

    private static let canary = Expression(known: "1")
    private static let primary = Expression(known: "0")

    /// The entries of `always` and `never`.
    private static func words(_ key: (String) -> MapKey?) -> [(MapKey, Expression)] {
        [("always", canary), ("never", primary)].compactMap { word, value in key(word).map { ($0, value) } }
    }

    private static func key(ofAll pattern: String) -> MapKey? {
        (try? RegularExpression("^\(pattern)\\z")).map(key)
    }

    private static func key(_ expression: RegularExpression) -> MapKey { .expression(expression, ignoresCase: false) }
}
