import NginxSyntax
import ProxyConfiguration

/// An upstream as a configuration has it, and the endpoints that it only names.
struct NamedUpstream: Sendable, Hashable {
    var upstream: Upstream
    var endpoints: [EndpointGroup: [IPAddress]] = [:]

    /// - Parameter isNaming: Whether names may stand for the servers.
    ///
    /// Servers that are found by what they are, and not as any of them, stay in the configuration.
    init(_ upstream: Upstream, namingEndpoints isNaming: Bool) {
        self.upstream = upstream
        guard isNaming, upstream.policy.balancing.findsNamedServers,
            let endpoints = Self.endpoints(of: upstream)
        else { return }
        self.endpoints = endpoints
        self.upstream.names = endpoints.keys.sorted()
        self.upstream.servers = []
    }

    /// The addresses by name, in their order; `nil` where some cannot be named.
    private static func endpoints(of upstream: Upstream) -> [EndpointGroup: [IPAddress]]? {
        var names: [PortNumber: EndpointGroup] = [:]
        var endpoints: [EndpointGroup: [IPAddress]] = [:]
        for server in upstream.servers {
            guard case .internet(let address, let port) = server,
                let name = names[port] ?? EndpointGroup(ofUpstream: upstream.name, port: port)
            else { return nil }
            names[port] = name
            endpoints[name, default: []].append(address)
        }
        guard !endpoints.isEmpty, endpoints.values.allSatisfy({ $0.count <= EndpointTable.mostAddresses }) else {
            return nil
        }
        return endpoints
    }
}
