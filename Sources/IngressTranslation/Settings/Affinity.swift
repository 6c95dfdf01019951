import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// How the later requests of a client come to the same endpoint.
struct AffinityValues: Sendable, Hashable {
    var isOn = false
    var isPersistent = false
    var changesOnFailure = false
    var cookie = CookieName.session
    var path: CookieAttribute?
    var domain: CookieAttribute?
    var maxAge: Int?
    var expires: Int?
    var sameSite: SessionCookie.SameSite?
    var sparesOldBrowsers = false
    var isSecure = false

    /// How clients are kept at endpoints; `nil` where they are not.
    var rule: SessionRule? {
        guard isOn else { return nil }
        var rule = SessionRule(cookie)
        rule.isPersistent = isPersistent
        rule.changesOnFailure = changesOnFailure
        return rule
    }

    /// The cookie that clients get; `nil` for none.
    var session: SessionCookie? {
        guard let rule else { return nil }
        var session = SessionCookie(rule)
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
                + "only a share of clients comes to others, as by consistent hashing, or as 'affinity-mode' says."
        ).differs("An invalid value chooses endpoints as without it."),
        .value(
            "affinity-mode",
            .affinityMode,
            \.affinity.isPersistent,
            default: "balanced",
            scope: .upstream,
            from: .annotation,
            "Lets endpoints that come take over a share of the clients (balanced), or no client whose endpoint is still there "
                + "(persistent)."
        ).risk(.medium).identical,
        .value(
            "session-cookie-change-on-failure",
            .bool,
            \.affinity.changesOnFailure,
            default: "false",
            scope: .upstream,
            from: .annotation,
            "Gives a client whose endpoint fails the cookie of the one that answers in its place."
        ).differs("Where it is not set, another endpoint answers as well, and the client keeps its cookie."),
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
    static let names = Set(settings.map(\.name))

    /// The annotations that have no effect where clients get no cookie.
    fileprivate static let dependentAnnotations = settings.map(\.name).filter { $0 != "affinity" }
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
    /// Settings of affinity that have no effect.
    func affinityFindings(of source: SettingSource) -> [Diagnostic] {
        guard !affinity.isOn, !canary.isOn, case .annotations = source else { return [] }
        return Affinity.dependentAnnotations.filter { !(source.value($0) ?? "").isEmpty }.map {
            source.notRead($0, "no 'affinity' has clients get a cookie")
        }
    }
}
