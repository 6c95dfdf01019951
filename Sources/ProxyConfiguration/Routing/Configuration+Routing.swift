import NginxSyntax

extension Configuration {
    /// Decides what must come of a request.
    package func route(_ request: Request) -> RoutingDecision { Router(self).route(request) }
}

extension Location {
    func outcome(
        of request: Request,
        to host: RequestHost,
        _ target: RequestTarget
    ) -> RoutingDecision.Outcome {
        if redirectsToHTTPS, request.scheme == .http {
            var uri = Substring(request.target)
            // ingress-nginx cuts a final slash, and its users' links rely on where that leads.
            if uri.hasSuffix("/") { uri.removeLast() }
            return .redirected(.permanentRedirect, to: "https://\(host.text)\(uri)")
        }
        switch action {
        case .proxy(let backend, let rewrite):
            return .proxied(to: backend, target: rewrite?.target(for: target) ?? request.target)
        case .status(let code): return .answered(code)
        case .stubStatus: return .stubStatus
        }
    }
}
