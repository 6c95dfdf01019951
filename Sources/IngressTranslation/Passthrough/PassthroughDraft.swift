import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A host whose connections of TLS are passed on, before it is known who gets them.
struct PassthroughDraft: Sendable {
    /// The Ingress that says so.
    var owner: AdmittedIngress
    /// The Service's port.
    var reference: ServiceReference
    /// Whether nobody may get the connections.
    var isClosed: Bool

    fileprivate func host(_ host: HostPattern, _ backends: BackendTable) -> PassedHost? {
        let resolution = backends.resolve(reference, over: .tcp)
        let service = reference.service
        guard let name = Identifier("tls_\(service.namespace)_\(service.name)_\(resolution.portText)") else {
            return nil
        }
        let target = isClosed ? nil : resolution.target
        return PassedHost(host, origin: owner.reference, service: name, target: target)
    }
}

extension TLSPassthrough {
    /// Returns `nil` where no host is passed on.
    ///
    /// - Parameter servers: All that HTTPS is served by.
    init?(
        _ drafts: [HostPattern: PassthroughDraft],
        _ support: PassthroughSupport,
        among servers: [VirtualServer],
        _ backends: BackendTable
    ) {
        guard let sockets = support.sockets, !drafts.isEmpty else { return nil }
        let hosts = drafts.sorted { $0.key < $1.key }.compactMap { $0.value.host($0.key, backends) }
        guard !hosts.isEmpty else { return nil }
        let parents = Set(hosts.compactMap { if case .wildcard(let parent) = $0.host { parent } else { nil } })
        var exceptions: [HostName] = []
        if !parents.isEmpty {
            for case .name(let name) in servers.lazy.map(\.host) where drafts[.name(name)] == nil {
                if let parent = name.parent, parents.contains(parent) { exceptions.append(name) }
            }
        }
        self.init(hosts, exceptions: exceptions, at: sockets)
    }
}

extension StreamServices {
    /// The same with hosts whose connections are passed on.
    func passing(_ passthrough: TLSPassthrough, resolvers: [SocketAddress]) -> StreamServices {
        var services = self
        services.passthrough = passthrough
        let namesHost = passthrough.hosts.contains { if case .name = $0.target { true } else { false } }
        if namesHost { services.settings.resolvers = resolvers }
        return services
    }
}
