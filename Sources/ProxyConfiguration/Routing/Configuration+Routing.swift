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
        if let status = httpsRedirect, request.scheme == .http {
            var uri = request.target.utf8[...]
            // ingress-nginx cuts a final slash, and its users' links rely on where that leads.
            if uri.last == UInt8(ascii: "/") { uri.removeLast() }
            return .redirected(status, to: "https://\(host.text)\(Substring(uri))")
        }
        switch action {
        case .proxy(let backend, let rewrite):
            guard let path = rewrite?.newPath(for: target.path) else {
                return .proxied(to: backend, target: request.target)
            }
            // nginx sends no request without a path.
            guard !path.isEmpty else { return .answered(.internalServerError) }
            return .proxied(to: backend, target: target.withPath(path))
        case .status(let code): return .answered(code)
        case .stubStatus: return .stubStatus
        }
    }
}
