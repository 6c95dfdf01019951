import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Which service is asked whether a request may pass, and how.
struct ExternalAuthValues: Sendable, Hashable {
    var service = Guarding<ServiceURL>.unset
    var method = Guarding<Identifier>.unset
    var responseHeaders = Guarding<[HeaderName]>.unset
    /// The name of a ConfigMap with headers for the service.
    var requestHeaders: String?
    var signIn: SignInURL?
    /// The parameter of the URL to sign in that tells where the client came from.
    var signInParameter = "rd"
    var redirect: Expression?
    var cacheKey: Expression?
    /// Empty where answers are not kept.
    var cacheValidity: [Authentication.Validity] = []
    var alwaysSetsCookies = false
    /// How many idle connections to the service are kept; 0 leaves that to how all are.
    var keptConnections = Number(0)
    var keptRequests = Number(1_000)
    var keptTime = TimeSpan(seconds: 60 as UInt16)

    /// Whether something of it cannot be honoured, so that no request passes that the service would be asked about.
    var isClosed: Bool { service == .invalid || method == .invalid || responseHeaders == .invalid }
}

/// Where requests are asked about that no annotation says anything of.
struct GlobalAuthValues: Sendable, Hashable {
    /// Whether the service of all Ingresses is asked where an Ingress has none of its own.
    var isUsed = true
    var values = ExternalAuthValues()
    /// Path prefixes of which nobody is asked.
    ///
    /// Certificate authorities prove a host below the one that is here by default.
    var openPaths = ["/.well-known/acme-challenge"]
}

/// The value of a setting without which too many requests would pass.
enum Guarding<Value: Sendable & Hashable>: Sendable, Hashable {
    case unset
    case set(Value)
    /// It is set to what cannot be honoured.
    case invalid

    var value: Value? { if case .set(let value) = self { value } else { nil } }
}

enum ExternalAuth {
    static let settings: [Setting] = ofIngresses + ofAll

    private static let ofIngresses: [Setting] = [
        .value(
            "auth-always-set-cookie",
            .bool,
            \.externalAuth.alwaysSetsCookies,
            default: "false",
            scope: .location,
            from: .annotation,
            "Passes the cookies of the service's answer on with responses of every status, not only with good ones and "
                + "redirects."
        ).differs("An invalid value turns the authentication off in ingress-nginx, and never here."),
        .value(
            "auth-cache-duration",
            .cacheValidity,
            \.externalAuth.cacheValidity,
            default: "200 202 401 5m",
            scope: .location,
            from: .annotation,
            ifInvalid: .allowsNothing("no answer is kept") { $0.externalAuth.cacheValidity = [] },
            "Sets how long answers of the service are kept, by their status, where 'auth-cache-key' is set."
        ).risk(.medium).differs("An invalid value turns the authentication off in ingress-nginx, and never here."),
        .value(
            "auth-cache-key",
            .cacheKey,
            \.externalAuth.cacheKey,
            scope: .location,
            from: .annotation,
            ifInvalid: .allowsNothing("no answer is kept") { $0.externalAuth.cacheKey = nil },
            "Keeps answers of the service for requests of the same path with the same values of these variables. The URL of "
                + "the service, the host, the method and the header Authorization tell requests apart in any case. nginx "
                + "writes the values into its cache folder."
        ).risk(.medium).differs(
            "The URL of the service, the host, the path, the method and Authorization tell requests apart as "
                + "well."
        ),
        .value(
            "auth-keepalive",
            .count,
            \.externalAuth.keptConnections,
            default: "0",
            scope: .location,
            from: .annotation,
            "Sets how many idle connections each worker keeps to a Service of the cluster that is asked; 0 keeps as many "
                + "as to backends, 32."
        ).differs(
            "It has an effect on Services of the cluster only, and 0 keeps as many connections as to backends; in "
                + "ingress-nginx 0 keeps none, nor does any value beside HTTP/2."
        ),
        .value(
            "auth-keepalive-requests",
            .count,
            \.externalAuth.keptRequests,
            default: "1000",
            scope: .location,
            from: .annotation,
            "Limits how many requests such a connection serves, where 'auth-keepalive' is set."
        ).differs("It has an effect on Services of the cluster only."),
        .unsupported(
            "auth-keepalive-share-vars",
            because: "nginx shares its variables with the request to the service in any case",
            from: .annotation,
            idle: "false",
            "Shares nginx's variables with the request to the service."
        ).wouldNeed("nothing: it is so in any case"),
        .value(
            "auth-keepalive-timeout",
            .timeout,
            \.externalAuth.keptTime,
            default: "60",
            scope: .location,
            from: .annotation,
            "Limits how long such a connection may be idle, where 'auth-keepalive' is set."
        ).differs("It has an effect on Services of the cluster only."),
        .value(
            "auth-method",
            .guarding(.requestMethod),
            \.externalAuth.method,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.externalAuth.method = .invalid },
            "Sets the method of requests to the service; GET where none is set."
        ).identical,
        .value(
            "auth-proxy-set-headers",
            .objectName,
            \.externalAuth.requestHeaders,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefault,
            "Names a ConfigMap of the Ingress's namespace with headers that the service is sent. Values may name the "
                + "variables that 'auth-url' may, and '$cookie_NAME' and '$http_NAME'."
        ).risk(.medium).namingConfigMap.differs("Only the variables of a fixed list are taken."),
        .value(
            "auth-request-redirect",
            .literalURL,
            \.externalAuth.redirect,
            scope: .location,
            from: .annotation,
            ifInvalid: .usesDefaultSaying("the service is told the path and the query of the request"),
            "Sets the header X-Auth-Request-Redirect that the service is sent, in place of the path and the query of the "
                + "request."
        ).risk(.medium).differs("An invalid value turns the authentication off in ingress-nginx, and never here."),
        .value(
            "auth-response-headers",
            .guarding(.headerNames),
            \.externalAuth.responseHeaders,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.externalAuth.responseHeaders = .invalid },
            "Names headers of the service's answer that the backend gets; it never gets those that a client sends in their "
                + "place."
        ).risk(.medium).identical,
        .value(
            "auth-signin",
            .signInURL,
            \.externalAuth.signIn,
            scope: .location,
            from: .annotation,
            ifInvalid: .allowsNothing("clients that have not signed in are answered with 401") {
                $0.externalAuth.signIn = nil
            },
            "Sends clients to this URL, or path of the host, whom the service answers with 401. Variables such as '$host' "
                + "and '$escaped_request_uri' are of the request; behind the host there may be those that "
                + "'auth_request_set' of 'auth-snippet' or 'configuration-snippet' sets. Of a request with more than 255 bytes to be "
                + "percent-encoded, the URL tells '/'."
        ).risk(.high).differs(
            "Only the variables of a fixed list are taken, and those that 'auth_request_set' sets, of which those of "
                + "'auth-snippet' are empty in ingress-nginx; of a request with more than 255 bytes to be percent-encoded, the "
                + "URL tells '/'."
        ),
        .value(
            "auth-signin-redirect-param",
            .queryParameter,
            \.externalAuth.signInParameter,
            default: "rd",
            scope: .location,
            from: .annotation,
            "Names the parameter of that URL which tells where the client came from; a URL that has it is left as it is."
        ).risk(.medium).identical,
        .value(
            "auth-url",
            .guarding(.serviceURL, isUnsetByEmpty: false),
            \.externalAuth.service,
            default: nil,
            scope: .location,
            from: .annotation,
            ifInvalid: .closes(closed) { $0.externalAuth.service = .invalid },
            "Asks this service of each request whether it may pass: 2xx lets it pass, 401 and 403 are the client's answer, "
                + "and all else, or no answer, is 500. A name such as 'auth.shop.svc.cluster.local' leads to the ready "
                + "endpoints of the Service. The host may be '$host'; the path and the query may name variables such as "
                + "'$request_uri'."
        ).guardingClients.risk(.high).guardingWhereEmpty.differs(
            "Only the variables of a fixed list are taken. The name of a Service leads to its ready endpoints, addresses of "
                + "the proxy's own machine are refused, and the service is told nothing that the client could have "
                + "made up about its request."
        ),
        .value(
            "enable-global-auth",
            .bool,
            \.globalAuth.isUsed,
            default: "true",
            scope: .location,
            from: .annotation,
            "Asks the service of 'global-auth-url' where the Ingress has no 'auth-url'."
        ).identical,
    ]

    private static let ofAll: [Setting] = [
        .value(
            "global-auth-always-set-cookie",
            .bool,
            \.globalAuth.values.alwaysSetsCookies,
            default: "false",
            scope: .location,
            from: .configMaps,
            "Is to the service of 'global-auth-url' what 'auth-always-set-cookie' is to that of an Ingress."
        ).identical,
        .value(
            "global-auth-cache-duration",
            .cacheValidity,
            \.globalAuth.values.cacheValidity,
            default: "200 202 401 5m",
            scope: .location,
            from: .configMaps,
            ifInvalid: .allowsNothing("no answer is kept") { $0.globalAuth.values.cacheValidity = [] },
            "Sets how long answers of the service are kept, by their status, where 'global-auth-cache-key' is set."
        ).identical,
        .value(
            "global-auth-cache-key",
            .cacheKey,
            \.globalAuth.values.cacheKey,
            scope: .location,
            from: .configMaps,
            ifInvalid: .allowsNothing("no answer is kept") { $0.globalAuth.values.cacheKey = nil },
            "Keeps answers of the service as 'auth-cache-key' does."
        ).differs(
            "The URL of the service, the host, the path, the method and Authorization tell requests apart as "
                + "well."
        ),
        .value(
            "global-auth-method",
            .guarding(.requestMethod),
            \.globalAuth.values.method,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes(closed) { $0.globalAuth.values.method = .invalid },
            "Sets the method of requests to the service; GET where none is set."
        ).identical,
        .value(
            "global-auth-request-redirect",
            .literalURL,
            \.globalAuth.values.redirect,
            scope: .location,
            from: .configMaps,
            ifInvalid: .usesDefaultSaying("the service is told the path and the query of the request"),
            "Sets the header X-Auth-Request-Redirect that the service is sent."
        ).differs("Only the variables of a fixed list are taken."),
        .value(
            "global-auth-response-headers",
            .guarding(.headerNames),
            \.globalAuth.values.responseHeaders,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes(closed) { $0.globalAuth.values.responseHeaders = .invalid },
            "Names headers of the service's answer that backends get."
        ).identical,
        .value(
            "global-auth-signin",
            .signInURL,
            \.globalAuth.values.signIn,
            scope: .location,
            from: .configMaps,
            ifInvalid: .allowsNothing("clients that have not signed in are answered with 401") {
                $0.globalAuth.values.signIn = nil
            },
            "Sends clients to this URL whom the service answers with 401."
        ).differs(
            "Only the variables of a fixed list are taken, and those that 'auth_request_set' of 'global-auth-snippet' or "
                + "'location-snippet' sets; of a request with more than 255 bytes to be percent-encoded, the "
                + "URL tells '/'."
        ),
        .value(
            "global-auth-signin-redirect-param",
            .queryParameter,
            \.globalAuth.values.signInParameter,
            default: "rd",
            scope: .location,
            from: .configMaps,
            "Names the parameter of that URL which tells where the client came from."
        ).identical,
        .value(
            "global-auth-url",
            .guarding(.serviceURL, isUnsetByEmpty: false),
            \.globalAuth.values.service,
            default: nil,
            scope: .location,
            from: .configMaps,
            ifInvalid: .closes(closed) { $0.globalAuth.values.service = .invalid },
            "Asks this service of each request whether it may pass, where the Ingress has no 'auth-url' and does not turn "
                + "it off by 'enable-global-auth'."
        ).guardingClients.differs(
            "Only the variables of a fixed list are taken. The name of a Service leads to its ready endpoints, addresses of "
                + "the proxy's own machine are refused, and the service is told nothing that the client could have "
                + "made up about its request."
        ),
        .value(
            "no-auth-locations",
            .list,
            \.globalAuth.openPaths,
            default: "/.well-known/acme-challenge",
            scope: .location,
            from: .configMaps,
            "Names path prefixes of which no service is asked."
        ).differs("A regular expression is such a path only where it can match nothing else."),
    ]

    /// The effect on requests of a guard that is set to what cannot be honoured.
    private static let closed = "requests that the service would be asked about answer 503"
}
