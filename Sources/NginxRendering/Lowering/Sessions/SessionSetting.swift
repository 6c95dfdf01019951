import Incremental
import NginxSyntax
import ProxyConfiguration

/// The header that gives a client its cookie: a variable that holds nothing where it has one.
struct SessionSetting {
    let variable: VariableName
    private(set) var declarations: [SharedDeclaration]

    private init(_ map: MapContext, _ declarations: [SharedDeclaration]) {
        let text = map.source.description + map.entries.map { "\($0.key) \($0.value)" }.joined(separator: "\n")
        variable = SessionVariables.name(of: text, "session_set_cookie")
        self.declarations = declarations + [SessionVariables.declare(map, as: variable)]
    }

    /// - Parameter isOneOfTwo: Whether a client may have the cookie of a canary, or of what that is an alternative of,
    ///   so that a cookie of another backend says nothing.
    private init(_ cookie: SessionCookie, _ backend: Backend, at path: PathMatch, isOneOfTwo: Bool) {
        let own = SessionVariables(cookie.name)
        let (attributes, needed) = cookie.attributes(at: path)
        let mark = backend.sessionMark
        func value(_ part: VariableName) -> Expression {
            let text: [Expression.Part] = [
                .literal("\(cookie.name.value)="), .variable(part), .literal("\(SessionValue.separator)\(mark)"),
            ]
            return Expression(parts: text + attributes) ?? .empty
        }
        let fresh =
            isOneOfTwo
            ? own.map(ofClientsWithout: mark, value(own.key)) : own.map(ofNewClients: value(SessionVariables.random))
        guard cookie.rule.namesServers, case .upstream(let name) = backend else {
            self.init(fresh, needed + (isOneOfTwo ? [own.declaration] : []))
            return
        }
        let servers = SessionServers(of: name, cookie.rule)
        guard !cookie.rule.isPersistent else {
            self.init(servers.map(ofNewNames: value(servers.server), orElse: .empty), needed)
            return
        }
        // A client without a cookie gets one where nothing fails as well.
        let other = SessionSetting(fresh, needed + (isOneOfTwo ? [own.declaration] : []))
        let map = servers.map(ofNewNames: value(servers.server), orElse: Expression(other.variable))
        self.init(map, other.declarations)
    }

    /// Returns `nil` for a location whose responses set no cookie.
    init?(of location: Location, _ routing: CanaryRouting?) {
        guard case .proxy(let proxying) = location.action, let cookie = location.policy.value.session else {
            return nil
        }
        let backends = proxying.backends
        guard let canary = backends.canary?.value, let session = canary.rules.session, let routing else {
            self.init(cookie, backends.primary, at: location.path, isOneOfTwo: false)
            return
        }
        let primary = SessionSetting(cookie, backends.primary, at: location.path, isOneOfTwo: true)
        let other =
            session.keepsAtCanary
            ? SessionSetting(cookie, canary.backend, at: location.path, isOneOfTwo: true) : nil
        let map = MapContext(
            routing.verdict,
            [
                (.fallback, Expression(primary.variable)),
                (CanaryRouting.chosen, other.map { Expression($0.variable) } ?? .empty),
            ]
        )
        self.init(map, primary.declarations + (other?.declarations ?? []))
    }
}

extension SessionCookie {
    /// The attributes behind the value, and the variables that they need.
    fileprivate func attributes(at path: PathMatch) -> (parts: [Expression.Part], [SharedDeclaration]) {
        var text = "; Path=\((self.path ?? path.cookiePath).value)"
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if let domain { text += "; Domain=\(domain.value)" }
        text += "; HttpOnly" + (isSecure ? "; Secure" : "")
        let spares = sparesOldBrowsers && sameSite == SameSite.none
        if let sameSite, !spares { text += "; SameSite=\(sameSite.rawValue)" }
        let variables = (spares ? [Self.sameSiteDeclaration] : []) + (isSecure ? [] : [Self.secureDeclaration])
        return ([.literal(text)] + variables.map { .variable($0.variable) }, variables)
    }

    private static let secureDeclaration = SessionVariables.declare(
        MapContext(
            Expression(.https),
            [(.fallback, .empty), (.literal(Text(known: "on")), Expression(known: "; Secure"))]
        ),
        as: VariableName(known: "session_secure")
    )

    /// Safari of iOS 12 and of macOS 10.14, Chrome 51 to 66 and UC before 12.13.2.
    private static let sameSiteDeclaration = SessionVariables.declare(
        MapContext(
            Expression(VariableName(known: "http_user_agent")),
            [(.fallback, Expression(known: "; SameSite=None"))]
                + [
                    RegularExpression(known: #"\(iP.+; CPU .*OS 12[_\d]*.*\) AppleWebKit/"#),
                    RegularExpression(
                        known: #"\(Macintosh;.*Mac OS X 10_14[_\d]*.*\) AppleWebKit/(?!.*Chrom(?:e|ium)/).*Safari/"#
                    ),
                    RegularExpression(known: #"Chrom(?:e|ium)/(?:5[1-9]|6[0-6])\."#),
                    RegularExpression(known: #"UCBrowser/(?:\d|1[01]|12\.(?:\d|1[0-2])|12\.13\.[01])\."#),
                ].map { (.expression($0, ignoresCase: false), Expression.empty) }
        ),
        as: VariableName(known: "session_same_site")
    )
}

extension PathMatch {
    /// The path as a cookie's; that of the whole host where a cookie cannot have it.
    fileprivate var cookiePath: CookieAttribute {
        switch self {
        case .exact(let path), .prefix(let path): CookieAttribute(path.value) ?? .root
        case .expression: .root
        }
    }
}
