import Diagnostics
import ProxyConfiguration

/// Which pages of other origins may call the paths of an Ingress.
struct CORSValues: Sendable, Hashable {
    var isOn = false
    /// `nil` allows none.
    var origins: AllowedOrigins?
    var methods = HTTPTokenList()
    var headers = HTTPTokenList()
    var exposedHeaders = HTTPTokenList()
    var allowsCredentials = false
    var maxAgeInSeconds = 0

    /// `nil` where there is nothing to allow.
    var policy: CORSPolicy? {
        guard isOn, let origins else { return nil }
        return CORSPolicy(
            origins: origins,
            methods: methods,
            headers: headers,
            exposedHeaders: exposedHeaders,
            allowsCredentials: allowsCredentials,
            maxAgeInSeconds: maxAgeInSeconds
        )
    }
}

enum CORS {
    static let settings: [Setting] = [
        .value(
            "cors-allow-credentials",
            .bool,
            \.cors.allowsCredentials,
            default: "true",
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .allowsNothing("no credentials are allowed") { $0.cors.allowsCredentials = false },
            "Lets pages send cookies and read the responses; browsers allow that only to origins that are listed."
        ).differs("An empty or invalid value allows none; in ingress-nginx the default counts."),
        .value(
            "cors-allow-headers",
            .tokens("header"),
            \.cors.headers,
            default: "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,"
                + "Authorization",
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .allowsNothing("no header is allowed") { $0.cors.headers = HTTPTokenList() },
            "Names the headers that requests of pages may have, beside those that every page may send."
        ).risk(.medium).differs("An empty or invalid list allows none; in ingress-nginx the default counts."),
        .value(
            "cors-allow-methods",
            .tokens("method"),
            \.cors.methods,
            default: "GET, PUT, POST, DELETE, PATCH, OPTIONS",
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .allowsNothing("no method is allowed") { $0.cors.methods = HTTPTokenList() },
            "Names the methods that requests of pages may have, beside those that every page may send."
        ).risk(.medium).differs("An empty or invalid list allows none; in ingress-nginx the default counts."),
        .value(
            "cors-allow-origin",
            .origins,
            \.cors.origins,
            default: "*",
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .allowsNothing("no origin is allowed") { $0.cors.origins = nil },
            "Names the origins whose pages may call the paths, such as `https://shop.example:8443`; `https://*.` stands "
                + "for one label, `*` for every origin, `null` for pages without one. An origin is matched whole; for "
                + "one that is not listed, what the backend says itself stays."
        ).risk(.medium).differs(
            "An origin is matched whole, and an invalid list allows none; in ingress-nginx it may begin with "
                + "anything, and an invalid list allows all."
        ),
        .value(
            "cors-expose-headers",
            .tokens("header"),
            \.cors.exposedHeaders,
            default: nil,
            scope: .location,
            needs: .path,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("what backends say counts"),
            "Names the headers of responses that pages may read."
        ).risk(.medium).identical,
        .value(
            "cors-max-age",
            .maxAge,
            \.cors.maxAgeInSeconds,
            default: "1728000",
            scope: .location,
            needs: .path,
            from: .annotation,
            "Sets for how long browsers may remember what is allowed; -1 has them ask each time."
        ).identical,
        .value(
            "enable-cors",
            .bool,
            \.cors.isOn,
            default: "false",
            scope: .location,
            needs: .path,
            from: .annotation,
            "Tells browsers which pages of other origins may call the paths, in place of what backends say, and answers "
                + "OPTIONS requests of allowed origins with 204, before redirects and authentication."
        ).differs("The answer to OPTIONS has neither Content-Type nor Content-Length."),
    ]
}

extension CORSValues {
    /// Findings about annotations that have no effect, or a wider one than it seems.
    func findings(of source: SettingSource) -> [Diagnostic] {
        let given = CORS.settings.map(\.name).filter { !(source.value($0) ?? "").isEmpty }
        guard !given.isEmpty else { return [] }
        guard isOn else {
            return given.filter { $0 != "enable-cors" }.map { source.corsIsOff($0) }
        }
        return allowsCredentials && origins != nil ? given.compactMap { wildcardFinding(of: $0, source) } : []
    }

    private func wildcardFinding(of name: String, _ source: SettingSource) -> Diagnostic? {
        let tokens: HTTPTokenList
        switch name {
        case "cors-allow-credentials": return origins == .every ? source.credentialsForEveryOrigin() : nil
        case "cors-allow-headers": tokens = headers
        case "cors-allow-methods": tokens = methods
        case "cors-expose-headers": tokens = exposedHeaders
        default: return nil
        }
        return tokens.text == "*" ? source.wildcardWithCredentials(name) : nil
    }
}

extension SettingSource {
    fileprivate func corsIsOff(_ name: String) -> Diagnostic {
        finding(.note, common: "cors-off", "'\(name)' has no effect: 'enable-cors' is not true", at: name)
    }

    fileprivate func credentialsForEveryOrigin() -> Diagnostic {
        finding(
            .warning,
            common: "cors-credentials-unused",
            "browsers send no credentials where every origin is allowed; 'cors-allow-origin' names those that are",
            at: "cors-allow-credentials"
        )
    }

    fileprivate func wildcardWithCredentials(_ name: String) -> Diagnostic {
        finding(
            .warning,
            common: "cors-wildcard-unused",
            "browsers take '*' for a name in requests with credentials, which 'cors-allow-credentials' allows",
            at: name
        )
    }
}
