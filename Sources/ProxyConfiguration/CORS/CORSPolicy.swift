/// The requests of other origins' pages that browsers let through
/// ([CORS](https://fetch.spec.whatwg.org/#http-cors-protocol)).
///
/// It stands in place of what backends say about the same, where it allows the origin of a request; elsewhere what
/// backends say stays.
package struct CORSPolicy: Sendable, Hashable {
    package var origins: AllowedOrigins
    /// An empty list leaves browsers with those that every page may send: GET, HEAD and POST.
    package var methods: HTTPTokenList
    /// An empty list leaves browsers with those that every page may send.
    package var headers: HTTPTokenList
    /// Headers of responses that pages may read; empty leaves that to backends.
    package var exposedHeaders: HTTPTokenList
    /// Whether pages may send cookies, and read what comes of them.
    package var allowsCredentials: Bool
    /// How long a browser may remember the answer to a preflight; it asks anew each time where this is negative.
    package var maxAgeInSeconds: Int

    package init(
        origins: AllowedOrigins,
        methods: HTTPTokenList = HTTPTokenList(),
        headers: HTTPTokenList = HTTPTokenList(),
        exposedHeaders: HTTPTokenList = HTTPTokenList(),
        allowsCredentials: Bool = true,
        maxAgeInSeconds: Int = 1_728_000
    ) {
        self.origins = origins
        self.methods = methods
        self.headers = headers
        self.exposedHeaders = exposedHeaders
        self.allowsCredentials = allowsCredentials
        self.maxAgeInSeconds = maxAgeInSeconds
    }

    /// Whether a request is answered in place of the backend: every OPTIONS from an allowed origin.
    ///
    /// Where all origins are allowed, it need not name one.
    package func answers(_ request: Request) -> Bool {
        guard request.method == "OPTIONS" else { return false }
        switch origins {
        case .every: return true
        case .listed(let list):
            let origin = request.headers["origin"] ?? ""
            return list.patterns.contains { $0.matches(origin) }
        }
    }
}

/// The origins whose pages may send requests.
package enum AllowedOrigins: Sendable, Hashable {
    /// Any page, without credentials: that is how browsers read `*`.
    case every
    case listed(OriginList)
}

/// At least one origin, in order and each once.
package struct OriginList: Sendable, Hashable {
    package let patterns: [OriginPattern]

    /// Returns `nil` where there is none.
    package init?(_ patterns: some Sequence<OriginPattern>) {
        self.patterns = Set(patterns).sorted()
        if self.patterns.isEmpty { return nil }
    }
}
