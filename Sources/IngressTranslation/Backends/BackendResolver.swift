import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Finds who serves a port of a Service, and keeps one upstream for it however many Ingresses name it.
struct BackendResolver {
    private let settings: TranslationSettings
    private let services: [Service]
    /// Where a Service stands in ``services``.
    private let indices: [NamespacedName: Int]
    private let endpoints: ServiceEndpoints
    private var resolved: [ServiceReference: ResolvedBackend] = [:]
    private var upstreams: [(key: UpstreamKey, upstream: Upstream)] = []
    private var upstreamKeys: Set<UpstreamKey> = []

    init(_ snapshot: ClusterSnapshot, _ settings: TranslationSettings) {
        self.settings = settings
        services = snapshot.services
        indices = Dictionary(
            snapshot.services.enumerated().map { ($1.namespacedName, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        endpoints = ServiceEndpoints(snapshot.endpointSlices)
    }

    /// Every upstream that was asked for, in the order of its Service and port.
    var sortedUpstreams: [Upstream] {
        upstreams.indices.sorted { upstreams[$0].key < upstreams[$1].key }.map { upstreams[$0].upstream }
    }

    /// The first port of a Service, for options that name a Service without one.
    func firstPort(of service: NamespacedName) -> Ingress.ServicePort? {
        indices[service].flatMap { services[$0].ports.first }.map { .number($0.port) }
    }

    /// Resolves a reference; only the first caller learns of a problem that is merely an assumption.
    mutating func resolve(_ reference: ServiceReference) -> ResolvedBackend {
        if var known = resolved[reference] {
            switch known.problem {
            case .serviceAssumed, .endpointsAssumed: known.problem = nil
            default: break
            }
            return known
        }
        let backend = resolveAnew(reference)
        resolved[reference] = backend
        return backend
    }

    private mutating func resolveAnew(_ reference: ServiceReference) -> ResolvedBackend {
        guard let index = indices[reference.service] else {
            guard settings.assumesMissingObjects else { return .failing(.serviceNotFound) }
            return assume(reference, port: reference.portNumber ?? 80, portText: reference.portText, .serviceAssumed)
        }
        if services[index].type == .externalName { return resolveExternalName(of: services[index], for: reference) }
        guard let port = services[index].port(for: reference.port) else { return .failing(.portNotFound) }
        let servers = endpoints.readyServers(of: reference.service, port)
        guard servers.isEmpty else { return upstream(reference, portText: "\(port.port)", servers) }
        if settings.assumesMissingObjects, !endpoints.contains(reference.service) {
            return assume(reference, port: port.assumedNumber, portText: "\(port.port)", .endpointsAssumed)
        }
        return .failing(.noReadyEndpoint)
    }

    private mutating func upstream(
        _ reference: ServiceReference,
        portText: String,
        _ servers: [SocketAddress]
    ) -> ResolvedBackend {
        let key = UpstreamKey(service: reference.service, port: portText)
        guard let name = key.upstreamName else { return .failing(.portNotFound) }
        // Two references may mean one port, by its number and by its name.
        if upstreamKeys.insert(key).inserted {
            let service = reference.service
            let origin = ObjectReference(kind: Service.kind, namespace: service.namespace, name: service.name)
            let upstream = Upstream(name: name, origin: origin, balancing: settings.loadBalancing, servers: servers)
            upstreams.append((key, upstream))
        }
        return ResolvedBackend(target: .backend(.upstream(name)))
    }

    /// An upstream at an address for documentation ([RFC 5737](https://www.rfc-editor.org/rfc/rfc5737)).
    private mutating func assume(
        _ reference: ServiceReference,
        port: Int,
        portText: String,
        _ problem: ResolvedBackend.Problem
    ) -> ResolvedBackend {
        guard let address = IPAddress("192.0.2.1"), let port = PortNumber(port) else { return .failing(.portNotFound) }
        var backend = upstream(reference, portText: portText, [.internet(address, port)])
        if case .backend = backend.target { backend.problem = problem }
        return backend
    }

    private mutating func resolveExternalName(
        of service: Service,
        for reference: ServiceReference
    ) -> ResolvedBackend {
        let written = service.externalName ?? ""
        let name = written.hasSuffix(".") ? String(written.dropLast()) : written
        let declared = service.port(for: reference.port)?.assumedNumber ?? reference.portNumber
        guard let port = declared.flatMap(PortNumber.init) else { return .failing(.portNotFound) }
        if let address = IPAddress(name) {
            // An address of the proxy's own machine would let an Ingress reach what only listens there.
            guard !address.isLoopback else { return .failing(.invalidExternalName(written)) }
            return upstream(reference, portText: "\(port)", [.internet(address, port)])
        }
        guard let host = HostName(name), host.value != "localhost", !host.value.hasSuffix(".localhost") else {
            return .failing(.invalidExternalName(written))
        }
        guard !settings.resolvers.isEmpty else { return .failing(.noResolver(written)) }
        return ResolvedBackend(target: .backend(.name(host, port)))
    }
}

extension Service {
    /// The port that an Ingress means: by its number or name, else by its target's, as in ingress-nginx.
    ///
    /// A headless Service may list no ports: each number then stands for itself.
    fileprivate func port(for wanted: Ingress.ServicePort) -> Port? {
        let tcp = ports.lazy.filter { $0.transport == "TCP" }
        switch wanted {
        case .number(let number):
            let found = tcp.first { $0.port == number } ?? tcp.first { $0.targetPort == .number(number) }
            return found ?? (ports.isEmpty && clusterIP == "None" ? Port(port: number) : nil)
        case .name(let name):
            return tcp.first { $0.name == name } ?? tcp.first { $0.targetPort == .name(name) }
        }
    }
}

extension Service.Port {
    /// The number that endpoints probably listen on: a named target is known to Pods only.
    fileprivate var assumedNumber: Int {
        if case .number(let number) = targetPort { number } else { port }
    }
}
