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
            return .redirected(status, to: request.httpsURL(on: host))
        }
        switch action {
        case .proxy(let backend, let rewrite): return outcome(of: request, at: backend, rewrite, target)
        case .redirect(let rewrite): return rewrite.outcome(redirecting: target)
        case .status(let code): return .answered(code)
        case .stubStatus: return .stubStatus
        }
    }

    private func outcome(
        of request: Request,
        at backend: Backend,
        _ rewrite: Rewrite?,
        _ target: RequestTarget
    ) -> RoutingDecision.Outcome {
        switch rewrite?.change(of: target.path) ?? .none {
        case .none: .proxied(to: backend, target: request.target)
        // nginx sends no request without a path.
        case .to(let path) where path.isEmpty: .answered(.internalServerError)
        case .to(let path): .proxied(to: backend, target: target.withPath(path))
        case .givenUp: .answered(.internalServerError)
        }
    }
}

extension Request {
    /// Where plain HTTP is sent to HTTPS.
    func httpsURL(on host: RequestHost) -> String {
        var uri = target.utf8[...]
        // ingress-nginx cuts a final slash, and its users' links rely on where that leads.
        if uri.last == UInt8(ascii: "/") { uri.removeLast() }
        return "https://\(host.text)\(Substring(uri))"
    }
}
