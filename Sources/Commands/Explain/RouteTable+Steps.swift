import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

extension RouteTable {
    func step(_ name: String, _ text: String, _ route: Route) -> Explanation.Step {
        let place = position(of: route).map { "\($0.file):\($0.line)" }
        let ingress = route.location.origin?.description
        return Explanation.Step(
            name: name,
            text: text,
            ingress: ingress,
            place: place,
            part: .location(route.location.path)
        )
    }

    /// What a server asks of clients, whatever the path.
    func guards(of server: VirtualServer) -> [Explanation.Step] {
        guard let location = server.locations.first else { return [] }
        return traits(of: Route(server: server, location: location)).filter { $0.kind == .clientCertificates }
            .map { Explanation.Step(name: $0.kind.name, text: $0.text) }
    }

    /// The addresses that get the requests of a location.
    func endpoints(of location: Location) -> [Explanation.Step] {
        location.backends.compactMap { backend in
            guard case .upstream(let name) = backend, let upstream = upstreams[name] else { return nil }
            let servers = servers(of: upstream)
            let shown = servers.prefix(5).map(\.description).joined(separator: ", ")
            let rest = servers.count > 5 ? ", and \(servers.count - 5) more" : ""
            let text = "\(text(of: backend, for: location.origin)) at \(shown)\(rest)\(wayOfChange(of: upstream))"
            return Explanation.Step(name: "endpoints", text: text, part: .upstream(name))
        }
    }

    /// How nginx comes to know of other endpoints, where not all of them stand in its configuration.
    private func wayOfChange(of upstream: Upstream) -> String {
        guard configuration.endpoints != nil else { return "" }
        if !upstream.names.isEmpty { return ", which nginx asks Postern for" }
        guard !upstream.policy.balancing.findsNamedServers else { return "" }
        return "; each change takes a reload, because the way of balancing must know one endpoint from another"
    }
}
