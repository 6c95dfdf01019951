import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `errors` in `location.tmpl` can name.
struct ErrorPagesContext: TemplateContext {
    static let name = "ErrorPages"

    var pageName: Identifier
    var pages: ErrorPages
    var replacesBackends: Bool
    /// The module that asks the location's own backend; `nil` for proxy.
    var gateway: Gateway?

    /// - Parameter signsIn: Whether clients that have not signed in are sent to do so.
    ///
    /// Returns `nil` where no error is replaced.
    init?(_ location: Location, signsIn: Bool, _ gateway: Gateway?) {
        guard let name = location.errorPageName, var pages = location.policy.value.errorPages else { return nil }
        if signsIn { pages.statuses.removeAll { $0.value == 401 } }
        guard !pages.statuses.isEmpty else { return nil }
        self.pageName = name
        self.pages = pages
        replacesBackends = location.replacesBackendErrors
        self.gateway = gateway
    }

    static let fields: [TemplateField<Self>] = [
        .flag("replacesBackends") { $0.replacesBackends && $0.gateway == nil },
        .flag("replacesGRPC") { $0.replacesBackends && $0.gateway == .grpc },
        .flag("replacesFastCGI") { $0.replacesBackends && $0.gateway == .fastCGI },
        .argument("statuses") { $0.pages.statuses },
        .argument("name") { $0.pageName },
    ]
}

/// The fields that `errors.tmpl` can name.
struct ErrorsContext: TemplateContext {
    static let name = "Errors"

    var pageName: Identifier
    var backend: Backend
    var requestHeaders: RequestHeaders
    var responseHeaders: ResponseHeaders
    /// Whether a client's address is taken from a connection's line where no header names one.
    var namesClientByLine: Bool

    /// Returns `nil` where no error is replaced.
    init?(_ location: Location, _ inherited: InheritedHeaders, isProbed: Bool, namesClientsByLine: Bool) {
        guard let name = location.errorPageName, let pages = location.policy.value.errorPages else { return nil }
        pageName = name
        namesClientByLine = namesClientsByLine
        backend = pages.backend
        var reported = inherited.request.overridden(by: .asking(forErrorsOf: location.errorSource))
        if location.policy.value.passwords != nil { reported = reported.overridden(by: .withoutPassword) }
        requestHeaders = reported
        var headers = location.responseHeaders(inherited) ?? inherited.response
        // To a probe, nginx answers.
        if isProbed {
            let names = [HeaderName(known: "X-Postern-Upstream"), HeaderName(known: "X-Postern-Target")]
            headers = headers.with(ResponseHeaders(hidden: names))
        }
        responseHeaders = headers
    }

    static let fields: [TemplateField<Self>] = [
        .argument("match") { LocationMatch.named($0.pageName) },
        .flag("namesClientByLine") { $0.namesClientByLine },
        .list("requestHeaders") { $0.requestHeaders.contexts },
        .record("responseHeaders") { ResponseHeadersContext(headers: $0.responseHeaders) },
        .optional("externalName") { ExternalNameContext($0.backend) },
        .argument("url") { BackendURL(spoken: .http, host: BackendHost($0.backend)) },
    ]
}

extension Location {
    /// All that its responses say, but for what comes of a question; `nil` where that is what the server's say.
    func responseHeaders(_ inherited: InheritedHeaders) -> ResponseHeaders? {
        var headers = policy.value.responseHeaders.map(inherited.response.with)
        if let cors = policy.value.cors.map(LoweredCORS.init) {
            headers = (headers ?? inherited.response).with(cors.headers)
        }
        return headers
    }
}
