import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// How the later requests of a client come to the same endpoint.
struct AffinityValues: Sendable, Hashable {
    var isOn = false
    var isPersistent = false
    var cookie = CookieName.session
    var path: CookieAttribute?
    var domain: CookieAttribute?
    var maxAge: Int?
    var expires: Int?
    var sameSite: SessionCookie.SameSite?
    var sparesOldBrowsers = false
    var isSecure = false

    /// The cookie that clients get; `nil` for none.
    var session: SessionCookie? {
        guard isOn else { return nil }
        var session = SessionCookie(cookie)
        session.path = path
        session.domain = domain
        // nginx can write no date, and clients that know both take Max-Age.
        session.maxAge = maxAge ?? expires
        session.sameSite = sameSite
        session.sparesOldBrowsers = sparesOldBrowsers
        session.isSecure = isSecure
        return session
    }
}

enum Affinity {
    static let settings: [Setting] = [
        .value(
            "affinity",
            .affinity,
            \.affinity.isOn,
            default: nil,
            scope: .upstream,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("endpoints are chosen as without it"),
            "Sends the later requests of a client to the same endpoint, by a cookie that it gets. Where endpoints come or go, "
                + "only a share of clients comes to others, as by consistent hashing."
        ).differs("An invalid value chooses endpoints as without it."),
        .unsupported(
            "affinity-canary-behavior",
            because: "the cookie decides nothing between a canary and the other Ingress",
            from: .annotation,
            scope: .upstream,
            idle: "legacy",
            "Decides whether the cookie also keeps a client at the canary."
        ).wouldNeed("a cookie that names the canary as well"),
        .value(
            "affinity-mode",
            .affinityMode,
            \.affinity.isPersistent,
            default: "balanced",
            scope: .upstream,
            from: .annotation,
            "Spreads clients over endpoints that come (balanced). By persistent none of them is to move, which stock nginx cannot "
                + "do; it is served as balanced."
        ).risk(.medium).differs("'persistent' is served as 'balanced'."),
        .unsupported(
            "session-cookie-change-on-failure",
            because: "nginx asks another endpoint where one fails, and the client keeps its cookie",
            from: .annotation,
            idle: "false",
            "Gives a client another endpoint's cookie where its own fails."
        ).wouldNeed("nginx 1.29.6, whose 'sticky' gives clients another cookie"),
        .value(
            "session-cookie-conditional-samesite-none",
            .bool,
            \.affinity.sparesOldBrowsers,
            default: "false",
            scope: .location,
            from: .annotation,
            "Leaves SameSite=None out for browsers that take it for Strict."
        ).identical,
        .value(
            "session-cookie-domain",
            .cookieDomain,
            \.affinity.domain,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the cookie has no Domain"),
            "Sets the cookie's Domain."
        ).risk(.medium).identical,
        .value(
            "session-cookie-expires",
            .cookieAge,
            \.affinity.expires,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the cookie lasts as long as the client runs"),
            "Sets after how many seconds the cookie expires, by its Max-Age as well: stock nginx can write no date."
        ).risk(.medium).differs("It is sent as Max-Age: stock nginx writes no date."),
        .value(
            "session-cookie-max-age",
            .cookieAge,
            \.affinity.maxAge,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the cookie lasts as long as the client runs"),
            "Sets after how many seconds the cookie expires, by its Max-Age."
        ).risk(.medium).identical,
        .value(
            "session-cookie-name",
            .cookieName,
            \.affinity.cookie,
            default: "INGRESSCOOKIE",
            scope: .upstream,
            from: .annotation,
            "Names the cookie."
        ).risk(.medium).identical,
        .value(
            "session-cookie-path",
            .cookiePath,
            \.affinity.path,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("it is the path of the Ingress"),
            "Sets the cookie's Path, in place of the path of the Ingress; that of a regular expression is '/'."
        ).risk(.medium).identical,
        .value(
            "session-cookie-samesite",
            .sameSite,
            \.affinity.sameSite,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the cookie has no SameSite"),
            "Sets the cookie's SameSite."
        ).identical,
        .value(
            "session-cookie-secure",
            .bool,
            \.affinity.isSecure,
            default: "false",
            scope: .location,
            from: .annotation,
            "Has clients send the cookie by HTTPS alone; by default they do where they got it by HTTPS."
        ).identical,
    ]
}

extension Affinity {
    /// The annotations that have no effect where clients get no cookie.
    fileprivate static let dependentAnnotations = settings.filter { $0.field != nil }.map(\.name)
        .filter { $0 != "affinity" }
}

extension ValueParser<Bool> {
    fileprivate static let affinity = ValueParser(type: "cookie", examples: ["cookie", ""]) { text throws(ValueError) in
        guard text == "cookie" || text.isEmpty else { throw ValueError(reason: "is not cookie") }
        return !text.isEmpty
    }

    fileprivate static let affinityMode = ValueParser(
        type: "balanced or persistent",
        examples: ["balanced", "persistent"],
        write: { $0 ? "persistent" : "balanced" }
    ) { text throws(ValueError) in
        switch text {
        case "balanced": return false
        case "persistent": return true
        default: throw ValueError(reason: "is neither balanced nor persistent")
        }
    }
}

extension ValueParser<Int> {
    /// Seconds; a number below zero has clients forget a cookie at once.
    fileprivate static let cookieAge = ValueParser(type: "seconds", examples: ["3600", "172800"]) {
        text throws(ValueError) in try Self.integer.parse(text)
    }
}

extension ValueParser<CookieAttribute> {
    fileprivate static let cookieDomain = attribute("host", examples: ["shop.example", "example"]) {
        $0.isPathCharacter
    }

    fileprivate static let cookiePath = attribute("path", examples: ["/shop", "/"]) { $0.isURLCharacter }

    private static func attribute(
        _ type: String,
        examples: [String],
        where isAllowed: @escaping @Sendable (UInt8) -> Bool
    ) -> ValueParser {
        ValueParser(type: type, examples: examples, write: \.value) { text throws(ValueError) in
            guard text.utf8.allSatisfy(isAllowed), let attribute = CookieAttribute(text) else {
                throw ValueError(reason: "is no \(type) that a cookie can have")
            }
            return attribute
        }
    }
}

extension ValueParser<SessionCookie.SameSite> {
    fileprivate static let sameSite = ValueParser(
        type: "None, Lax or Strict",
        examples: ["None", "Lax", "Strict"],
        write: \.rawValue
    ) { text throws(ValueError) in
        let known = Value.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
        guard let known else { throw ValueError(reason: "is none of None, Lax and Strict") }
        return known
    }
}

extension CookieName {
    /// The name that the cookie has by default.
    fileprivate static let session = CookieName(known: "INGRESSCOOKIE")
}

extension SettingValues {
    /// Settings of affinity that have no effect, or another one than they say.
    func affinityFindings(of source: SettingSource) -> [Diagnostic] {
        guard affinity.isOn else {
            guard case .annotations = source else { return [] }
            return Affinity.dependentAnnotations.filter { !(source.value($0) ?? "").isEmpty }.map {
                source.notRead($0, "no 'affinity' has clients get a cookie")
            }
        }
        guard affinity.isPersistent, source.value("affinity-mode") != nil else { return [] }
        return [
            source.finding(
                .warning,
                common: "affinity-balanced",
                "stock nginx cannot keep every client where it is when endpoints come; 'affinity-mode: persistent' is served "
                    + "as balanced",
                at: "affinity-mode"
            )
        ]
    }
}
