import NginxSyntax
import ProxyConfiguration

/// The backends that answer where an Ingress's own do not.
struct ErrorAnswers {
    var pages: ErrorPages?
    /// The upstream that the pages need.
    var pagesUpstream: UpstreamKey?
    /// Serves requests for backends without an endpoint, as these are spoken with.
    var standIn: (backend: ResolvedBackend, reference: ServiceReference)?

    static let none = ErrorAnswers()

    var isNone: Bool { pages == nil && standIn == nil }
}
