import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The backends of the ports of Services that are named, each found once and again only when its Service changes.
struct BackendTable {
    private let settings: TranslationSettings
    private var services: [NamespacedName: Service] = [:]
    /// Services that are there and of no use.
    private var refused: Set<NamespacedName> = []
    private var slices: [NamespacedName: [EndpointSlice]] = [:]
    /// By Service, then by port and policy: what is named and by how many.
    private var known: [NamespacedName: [ServiceReference.Use: Entry]] = [:]

    private struct Entry {
        var resolution: BackendResolver.Resolution
        var uses: Int
    }

    /// The effect of a change of Services and endpoints on those that name them.
    struct Changes {
        /// These come to another backend.
        var references: Set<ServiceReference> = []
        /// These may have other servers, or none.
        var upstreams: Set<UpstreamKey> = []
    }

    init(_ settings: TranslationSettings) {
        self.settings = settings
    }

    mutating func apply(
        _ services: ObjectChanges<Service>,
        _ slices: ObjectChanges<EndpointSlice>,
        refused: Set<NamespacedName>
    ) -> Changes {
        var touched = self.refused.symmetricDifference(refused)
        self.refused = refused
        for service in services.gone {
            self.services[service.namespacedName] = nil
            touched.insert(service.namespacedName)
        }
        for service in services.come {
            self.services[service.namespacedName] = service
            touched.insert(service.namespacedName)
        }
        for slice in slices.gone {
            touched.insert(slice.service)
            guard let index = self.slices[slice.service]?.firstIndex(of: slice) else { continue }
            self.slices[slice.service]?.remove(at: index)
            if self.slices[slice.service]?.isEmpty ?? true { self.slices[slice.service] = nil }
        }
        for slice in slices.come {
            self.slices[slice.service, default: []].append(slice)
            touched.insert(slice.service)
        }
        var changes = Changes()
        for service in touched { resolveAgain(service, &changes) }
        return changes
    }

    private mutating func resolveAgain(_ service: NamespacedName, _ changes: inout Changes) {
        for (use, entry) in known[service] ?? [:] {
            let reference = ServiceReference(service: service, port: use.port, policy: use.policy)
            let new = resolver(of: service).resolve(reference)
            guard new != entry.resolution else { continue }
            if new.backend != entry.resolution.backend { changes.references.insert(reference) }
            changes.upstreams.formUnion([new, entry.resolution].compactMap(\.backend.upstream))
            known[service]?[use]?.resolution = new
        }
    }

    /// Resolves a reference, which somebody now holds.
    mutating func use(_ reference: ServiceReference) -> ResolvedBackend {
        let resolution = resolution(of: reference)
        let none = Entry(resolution: resolution, uses: 0)
        known[reference.service, default: [:]][reference.use, default: none].uses += 1
        return resolution.backend
    }

    /// Resolves a reference that somebody holds.
    func resolve(_ reference: ServiceReference) -> ResolvedBackend { resolution(of: reference).backend }

    /// Finds the servers of a Service's port for TCP or UDP, whoever else holds it.
    func resolve(
        _ reference: ServiceReference,
        over transport: StreamServer.Transport
    ) -> BackendResolver.StreamResolution {
        resolver(of: reference.service).resolve(reference, over: transport)
    }

    private func resolution(of reference: ServiceReference) -> BackendResolver.Resolution {
        known[reference.service]?[reference.use]?.resolution
            ?? resolver(of: reference.service).resolve(reference)
    }

    /// Whether there is a Service of this name.
    func has(_ service: NamespacedName) -> Bool { services[service] != nil || refused.contains(service) }

    /// Lets go of a reference that somebody has held.
    mutating func release(_ reference: ServiceReference) {
        guard let uses = known[reference.service]?[reference.use]?.uses else { return }
        guard uses == 1 else {
            known[reference.service]?[reference.use]?.uses = uses - 1
            return
        }
        known[reference.service]?[reference.use] = nil
        if known[reference.service]?.isEmpty ?? true { known[reference.service] = nil }
    }

    /// The upstream of a port that is named.
    ///
    /// Where references that mean one port come to different servers, which no valid Service does, a number wins over
    /// names. A canary's port is asked as the other Ingress says, in which way nobody else may name it: its servers are
    /// those of the port.
    func upstream(_ key: UpstreamKey) -> NamedUpstream? {
        let entries = known[key.service]?.filter { $0.value.resolution.backend.upstream?.ofPort == key.ofPort } ?? [:]
        let own = entries.filter { $0.value.resolution.backend.upstream == key }
        let first = (own.isEmpty ? entries : own).min { $0.key.port.rank < $1.key.port.rank }
        guard let resolution = first?.value.resolution, var upstream = resolution.upstream else { return nil }
        if own.isEmpty {
            guard let name = key.upstreamName else { return nil }
            upstream.name = name
            upstream.policy = key.policy ?? UpstreamPolicy(balancing: settings.loadBalancing)
        }
        let mayName = settings.endpointServer != nil && resolution.servesByEndpoints
        return NamedUpstream(upstream, namingEndpoints: mayName)
    }

    /// Whether nginx has the module for a protocol.
    func speaks(_ spoken: BackendProtocol) -> Bool {
        guard let capabilities = settings.capabilities, let module = spoken.module else { return true }
        return capabilities.hasModule(module) && !capabilities.isDynamic(module)
    }

    /// Whether names can be resolved while serving.
    var resolvesNames: Bool { !settings.resolvers.isEmpty }

    /// The Service that serves what no Ingress does; `nil` for none.
    var defaultBackendService: NamespacedName? { settings.defaultBackendService }

    /// Whether Services are asked by their own addresses where nothing says otherwise.
    var asksClusterAddresses: Bool { settings.asksClusterAddresses }

    /// How endpoints are chosen where nothing says otherwise.
    var loadBalancing: LoadBalancing { settings.loadBalancing }

    /// The first port of a Service, for options that name a Service without one.
    func firstPort(of service: NamespacedName) -> Ingress.ServicePort? {
        services[service]?.ports.first.map { .number($0.port) }
    }

    private func resolver(of service: NamespacedName) -> BackendResolver {
        BackendResolver(
            settings: settings,
            service: services[service],
            isRefused: refused.contains(service),
            endpoints: ServiceEndpoints(slices: slices[service] ?? [])
        )
    }
}

extension EndpointSlice {
    fileprivate var service: NamespacedName {
        NamespacedName(namespace: metadata.namespace, name: serviceName)
    }
}

extension Ingress.ServicePort {
    fileprivate var rank: (Int, String) {
        switch self {
        case .number(let number): (0, "\(number)")
        case .name(let name): (1, name)
        }
    }
}
