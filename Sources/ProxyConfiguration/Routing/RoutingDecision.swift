package import NginxSyntax

/// The required outcome of a request.
package struct RoutingDecision: Sendable, Hashable {
    /// The server that takes the request; `nil` when nginx refuses it before it looks for one.
    package var host: HostPattern?
    /// The location that takes it; `nil` when the server answers before it looks for one.
    package var path: PathMatch?
    /// The service that is asked before; `nil` where nobody is.
    ///
    /// The outcome is that of a request which it lets pass.
    package var asked: Authentication.Service?
    /// The configured transport to the backend; `nil` where a request is passed to none.
    package var spoken: BackendProtocol?
    package var outcome: Outcome
    /// The backend whose answer stands in place of nginx's own; the status is that of the outcome.
    package var errorPage: Backend?

    package init(
        host: HostPattern? = nil,
        path: PathMatch? = nil,
        asked: Authentication.Service? = nil,
        spoken: BackendProtocol? = nil,
        outcome: Outcome,
        errorPage: Backend? = nil
    ) {
        self.host = host
        self.path = path
        self.asked = asked
        self.spoken = spoken ?? (outcome.isProxied ? .http : nil)
        self.outcome = outcome
        self.errorPage = errorPage
    }

    package enum Outcome: Sendable, Hashable {
        /// Passed on, with the target that the backend sees.
        ///
        /// Nothing but chance decides among several backends, of which each is named once.
        case proxied(toOneOf: [Backend], target: String)
        /// Answered with 204, which tells a browser what a page of another origin may send.
        case preflight
        /// Refused with 403: the client is none of those that are served, or the request is blocked.
        case denied
        case redirected(StatusCode, to: String)
        case answered(StatusCode)
        /// nginx's counters to the machine itself, 403 to all others.
        case stubStatus
        /// None: the connection is passed on as it is to a Service's port, or closed where there is nobody to get it.
        case passedThrough(Identifier?)
        /// The outcome depends on more than the configuration and the request.
        case undecided

        var isProxied: Bool { if case .proxied = self { true } else { false } }

        /// Passed on to this backend and no other.
        package static func proxied(to backend: Backend, target: String) -> Outcome {
            .proxied(toOneOf: [backend], target: target)
        }
    }
}
