import ProxyConfiguration

/// The service that is asked whether requests of an Ingress may pass.
enum Question: Sendable, Hashable {
    case nobody
    /// - Parameter upstream: The upstream that the service needs.
    case service(Authentication, upstream: UpstreamKey?)
    /// The service cannot be asked as it is to be, so that no request passes.
    case closed

    var authentication: Authentication? {
        if case .service(let authentication, _) = self { authentication } else { nil }
    }

    var upstream: UpstreamKey? { if case .service(_, let upstream) = self { upstream } else { nil } }

    /// Whether the service is one of the request's own host.
    var isAskedOfRequestHost: Bool {
        if case .requestHost = authentication?.service { true } else { false }
    }
}
