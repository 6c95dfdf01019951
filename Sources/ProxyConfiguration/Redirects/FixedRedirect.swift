package import NginxSyntax

/// A redirect of all requests of a location, whatever their path is.
package struct FixedRedirect: Sendable, Hashable {
    package var status: StatusCode
    /// A URL, or an absolute path; it may name variables of the request that no client can fill with another host.
    package var target: Expression

    package init(status: StatusCode, target: Expression) {
        self.status = status
        self.target = target
    }

    /// The outcome of a request.
    func outcome(of request: Request, to host: RequestHost, _ target: RequestTarget) -> RoutingDecision.Outcome {
        // A request does not tell the port that it came to.
        guard !self.target.parts.contains(.variable(.serverPort)) else { return .undecided }
        return .redirected(status, to: self.target.value(for: request, to: host, target))
    }
}
