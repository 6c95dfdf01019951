import NginxSyntax

/// Decides what must come of requests: the specification of what nginx does with a configuration.
///
/// It reads the model only and knows nothing of the text that is rendered from it, so that the two can be compared.
/// For many requests to one configuration it is faster than ``Configuration/route(_:)``.
package struct Router: Sendable {
    private let servers: [VirtualServer]
    /// The first server of each host, by the host as an Ingress writes it.
    private let byHost: [String: Int]
    /// The first server of each wildcard, by the name under which it takes one label.
    private let byParent: [String: Int]

    package init(_ configuration: Configuration) {
        servers = configuration.servers
        var byHost: [String: Int] = [:]
        byHost.reserveCapacity(servers.count)
        var byParent: [String: Int] = [:]
        for (index, server) in servers.enumerated().reversed() where server.host != .any {
            byHost[server.host.text] = index
            if case .wildcard(let parent) = server.host { byParent[parent.value] = index }
        }
        self.byHost = byHost
        self.byParent = byParent
    }

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

    /// The server for a host, as a request or a handshake names it.
    package func server(named host: String) -> VirtualServer? { RequestHost(host).flatMap(server(for:)) }

    private func server(for host: RequestHost) -> VirtualServer? {
        if let index = byHost[host.text] { return servers[index] }
        if let parent = host.parent, let index = byParent[parent] { return servers[index] }
        return servers.first
    }
}
