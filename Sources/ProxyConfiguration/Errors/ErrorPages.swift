import Incremental
package import NginxSyntax

/// A backend that answers in place of errors, of nginx's own and of other backends; the status stays.
package struct ErrorPages: Sendable, Hashable {
    package var backend: Backend
    /// The errors, in order and each once.
    package var statuses: [StatusCode]
    /// Whether errors of backends are replaced as well.
    package var replacesBackends: Bool

    package init(backend: Backend, statuses: [StatusCode], replacesBackends: Bool = true) {
        self.backend = backend
        self.statuses = Set(statuses).sorted()
        self.replacesBackends = replacesBackends
    }
}

/// The origin of an error, as a backend for errors gets it.
package struct ErrorSource: Sendable, Hashable {
    package var namespace: Expression
    package var ingress: Expression
    package var service: Expression
    package var port: Expression

    package init(namespace: Expression, ingress: Expression, service: Expression, port: Expression) {
        self.namespace = namespace
        self.ingress = ingress
        self.service = service
        self.port = port
    }
}

extension Location {
    /// Whether errors of its backends are replaced; what answers in place of errors says what it says itself.
    package var replacesBackendErrors: Bool {
        guard let pages = policy.errorPages, pages.replacesBackends else { return false }
        if case .proxy(let proxying) = action, proxying.standsInFor != nil { return false }
        return !backends.contains(pages.backend)
    }
}

extension RoutingDecision.Outcome {
    /// The status of nginx's own answer; `nil` where there is none.
    var errorStatus: StatusCode? {
        switch self {
        case .answered(let status): status
        case .denied: .forbidden
        case .proxied, .preflight, .redirected, .stubStatus, .passedThrough, .undecided: nil
        }
    }
}
