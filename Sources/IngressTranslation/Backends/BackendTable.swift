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
    /// By Service: what is named and by how many; few name one Service in more than one way.
    private var known: [NamespacedName: [Entry]] = [:]

    private struct Entry {
        let use: ServiceReference.Use
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
        for (index, entry) in (known[service] ?? []).enumerated() {
            let reference = ServiceReference(service: service, port: entry.use.port, policy: entry.use.policy)
            let new = resolver(of: service).resolve(reference)
            guard new != entry.resolution else { continue }
            if new.backend != entry.resolution.backend { changes.references.insert(reference) }
            changes.upstreams.formUnion([new, entry.resolution].compactMap(\.backend.upstream))
            known[service]?[index].resolution = new
        }
    }

    /// Resolves a reference, which somebody now holds.
    mutating func use(_ reference: ServiceReference) -> ResolvedBackend {
        if let index = index(of: reference) {
            known[reference.service]?[index].uses += 1
            return resolution(of: reference).backend
        }
        let resolution = resolver(of: reference.service).resolve(reference)
        let entry = Entry(use: reference.use, resolution: resolution, uses: 1)
        // A list that is made whole takes no memory for more to come.
        known[reference.service] = known[reference.service].map { $0 + [entry] } ?? [entry]
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
        index(of: reference).flatMap { known[reference.service]?[$0].resolution }
            ?? resolver(of: reference.service).resolve(reference)
    }

    /// Where a reference that somebody holds is among those to its Service.
    private func index(of reference: ServiceReference) -> Int? {
        known[reference.service]?.firstIndex { $0.use == reference.use }
    }

    /// Whether there is a Service of this name.
    func has(_ service: NamespacedName) -> Bool { services[service] != nil || refused.contains(service) }

    /// Lets go of a reference that somebody has held.
    mutating func release(_ reference: ServiceReference) {
        guard let index = index(of: reference), let uses = known[reference.service]?[index].uses else { return }
        guard uses == 1 else {
            known[reference.service]?[index].uses = uses - 1
            return
        }
        known[reference.service]?.remove(at: index)
        if known[reference.service]?.isEmpty ?? true { known[reference.service] = nil }
    }

    /// The upstream of a port that is named.
    ///
    /// Where references that mean one port come to different servers, which no valid Service does, a number wins over
    /// names. A canary's port is asked as the other Ingress says, in which way nobody else may name it: its servers are
    /// those of the port.
    func upstream(_ key: UpstreamKey) -> NamedUpstream? {
        let entries = known[key.service]?.filter { $0.resolution.backend.upstream?.ofPort == key.ofPort } ?? []
        let own = entries.filter { $0.resolution.backend.upstream == key }
        let first = (own.isEmpty ? entries : own).min { $0.use.port.rank < $1.use.port.rank }
        guard let resolution = first?.resolution, var upstream = resolution.upstream else { return nil }
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
