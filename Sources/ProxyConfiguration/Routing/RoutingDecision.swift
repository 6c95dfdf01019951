package import NginxSyntax

/// What must come of a request.
package struct RoutingDecision: Sendable, Hashable {
    /// The server that takes the request; `nil` when nginx refuses it before it looks for one.
    package var host: HostPattern?
    /// The location that takes it; `nil` when the server answers before it looks for one.
    package var path: PathMatch?
    package var outcome: Outcome

    package init(host: HostPattern? = nil, path: PathMatch? = nil, outcome: Outcome) {
        self.host = host
        self.path = path
        self.outcome = outcome
    }

    package enum Outcome: Sendable, Hashable {
        /// Passed on, with the target that the backend sees.
        case proxied(to: Backend, target: String)
        case redirected(StatusCode, to: String)
        case answered(StatusCode)
        /// nginx's counters to the machine itself, 403 to all others.
        case stubStatus
    }
}
