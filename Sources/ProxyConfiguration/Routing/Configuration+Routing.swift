import NginxSyntax

extension Configuration {
    /// Decides what must come of a request: the specification of what nginx does with this configuration.
    ///
    /// It reads the model only and knows nothing of the text that is rendered from it, so that the two
    /// can be compared.
    package func route(_ request: Request) -> RoutingDecision {
        guard RequestMethod.isValid(request.method), let target = RequestTarget(request.target),
            let host = RequestHost(request.host)
        else { return RoutingDecision(outcome: .answered(.badRequest)) }
        guard let server = server(for: host) else { return RoutingDecision(outcome: .answered(.notFound)) }
        guard RequestMethod.isAllowed(request.method) else {
            return RoutingDecision(host: server.host, outcome: .answered(.methodNotAllowed))
        }
        if let root = server.appRoot, target.path == [UInt8(ascii: "/")] {
            let url = "\(request.scheme.rawValue)://\(request.host)\(root.path.value)"
            return RoutingDecision(host: server.host, outcome: .redirected(.found, to: url))
        }
        guard let location = server.locations.first(where: { $0.path.matches(target.path) }) else {
            return RoutingDecision(host: server.host, outcome: .answered(.notFound))
        }
        return RoutingDecision(
            host: server.host,
            path: location.path,
            outcome: location.outcome(of: request, to: host, target)
        )
    }

    private func server(for host: RequestHost) -> VirtualServer? {
        servers.first { server in
            if case .name(let name) = server.host { name.value.utf8.elementsEqual(host.text.utf8) } else { false }
        }
            ?? servers.first { server in
                if case .wildcard(let parent) = server.host { host.isOneLabel(below: parent) } else { false }
            }
            ?? servers.first
    }
}

extension Location {
    fileprivate func outcome(
        of request: Request,
        to host: RequestHost,
        _ target: RequestTarget
    ) -> RoutingDecision.Outcome {
        if redirectsToHTTPS, request.scheme == .http {
            var uri = request.target.utf8[...]
            // ingress-nginx cuts a final slash, and its users' links rely on where that leads.
            if uri.last == UInt8(ascii: "/") { uri.removeLast() }
            return .redirected(.permanentRedirect, to: "https://\(host.text)\(Substring(uri))")
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
