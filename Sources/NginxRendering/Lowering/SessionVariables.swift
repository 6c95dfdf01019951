import Crypto
import Incremental
import NginxSyntax
import ProxyConfiguration

/// The variables by which nginx keeps a client at its endpoint: what its cookie holds, or a text at random that it gets.
struct SessionVariables {
    /// Holds the text from which nginx finds an endpoint.
    let key: VariableName
    let declarations: [SharedDeclaration]
    private let source: Expression
    /// Matches requests without the cookie, where `known` matches those with it.
    private let isMissing: MapKey
    private let isThere: MapKey?

    init(_ cookie: CookieName) {
        let hash = Self.hash([cookie.value])
        key = VariableName(known: "session", hashes: hash, suffix: "key")
        let fresh = Expression(Self.random)
        if let own = VariableName("cookie_\(cookie.value.lowercased())") {
            (source, isMissing, isThere) = (Expression(own), .literal(Text(known: "")), nil)
            let entries = [(MapKey.fallback, Expression(own)), (isMissing, fresh)]
            declarations = [Self.declare(MapContext(source, entries), as: key)]
            return
        }
        // nginx has no variable for such a name.
        source = Expression(VariableName(known: "http_cookie"))
        let group = VariableName(known: "session", hashes: hash, suffix: "value")
        let name = RegularExpression.escaping(cookie.value)
        let pattern =
            "^(?:(?!(?i:\(name)) *=)[^;,]*+[;,] *+)*+(?i:\(name)) *= *(?<\(group.value)>[^;]++)"
        isMissing = .fallback
        isThere = (try? RegularExpression(pattern)).map { .expression($0, ignoresCase: false) }
        let entries = [(MapKey.fallback, fresh)] + (isThere.map { [($0, Expression(group))] } ?? [])
        declarations = [Self.declare(MapContext(source, entries), as: key)]
    }

    /// Holds the cookie for clients that have none, and what it is made from.
    func setting(_ cookie: SessionCookie, at path: PathMatch) -> (variable: VariableName, [SharedDeclaration]) {
        let path = cookie.path ?? path.cookiePath
        var text = "; Path=\(path.value)"
        if let maxAge = cookie.maxAge { text += "; Max-Age=\(maxAge)" }
        if let domain = cookie.domain { text += "; Domain=\(domain.value)" }
        text += "; HttpOnly" + (cookie.isSecure ? "; Secure" : "")
        let spares = cookie.sparesOldBrowsers && cookie.sameSite == SessionCookie.SameSite.none
        if let sameSite = cookie.sameSite, !spares { text += "; SameSite=\(sameSite.rawValue)" }
        var parts: [Expression.Part] = [.literal("\(cookie.name.value)="), .variable(Self.random), .literal(text)]
        var more: [SharedDeclaration] = []
        if spares {
            parts.append(.variable(Self.sameSite))
            more.append(Self.sameSiteDeclaration)
        }
        if !cookie.isSecure {
            parts.append(.variable(Self.secure))
            more.append(Self.secureDeclaration)
        }
        let value = Expression(parts: parts) ?? .empty
        let hash = Self.hash([value.description])
        let variable = VariableName(known: "session", hashes: hash, suffix: "cookie")
        var entries = [(MapKey, Expression)]()
        if let isThere {
            entries = [(isMissing, value), (isThere, .empty)]
        } else {
            entries = [(.fallback, .empty), (isMissing, value)]
        }
        return (variable, [Self.declare(MapContext(source, entries), as: variable)] + more)
    }

    private static let random = VariableName(known: "request_id")
    private static let secure = VariableName(known: "session_secure")
    private static let sameSite = VariableName(known: "session_same_site")

    private static let secureDeclaration = declare(
        MapContext(
            Expression(.https),
            [(.fallback, .empty), (.literal(Text(known: "on")), Expression(known: "; Secure"))]
        ),
        as: secure
    )

    /// Safari of iOS 12 and of macOS 10.14, Chrome 51 to 66 and UC before 12.13.2.
    private static let sameSiteDeclaration = declare(
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
        as: sameSite
    )

    private static func declare(_ map: MapContext, as variable: VariableName) -> SharedDeclaration {
        SharedDeclaration(.map(map), of: .sessions, as: variable)
    }

    private static func hash(_ words: [String]) -> UInt64 {
        SHA256.hash(data: Array(words.joined(separator: " ").utf8)).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
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

extension Location {
    /// The cookie that its responses set for clients without one, and what it is made from.
    var sessionSetting: (variable: VariableName, declarations: [SharedDeclaration])? {
        guard case .proxy = action, let cookie = policy.value.session else { return nil }
        return SessionVariables(cookie.name).setting(cookie, at: path)
    }
}
