import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Finds who serves a port of a Service.
struct BackendResolver {
    let settings: TranslationSettings
    /// `nil` where there is no such Service.
    let service: Service?
    /// Whether there is one, and it is of no use.
    let isRefused: Bool
    let endpoints: ServiceEndpoints

    /// The result of resolving a reference, with the upstream that its target needs.
    struct Resolution: Sendable, Hashable {
        var backend: ResolvedBackend
        var upstream: Upstream?
        /// Whether the servers of the upstream are ready endpoints, which come and go.
        var servesByEndpoints = false
    }

    func resolve(_ reference: ServiceReference) -> Resolution {
        guard let service else {
            guard !isRefused else { return .failing(.serviceRefused) }
            guard settings.assumesMissingObjects else { return .failing(.serviceNotFound) }
            return assume(reference, port: reference.portNumber ?? 80, portText: reference.portText, .serviceAssumed)
        }
        if service.type == .externalName {
            guard !settings.disablesExternalNames else { return .failing(.externalNameDisabled) }
            return resolveExternalName(of: service, for: reference)
        }
        guard let port = service.port(for: reference.port) else { return .failing(.portNotFound) }
        if reference.policy?.asksVirtualAddress ?? settings.asksClusterAddresses,
            let address = service.usableClusterAddress, let number = PortNumber(port.port)
        {
            return upstream(reference, port, portText: "\(port.port)", [.internet(address, number)])
        }
        let ready = endpoints.ready(port)
        guard ready.servers.isEmpty else {
            var resolution = upstream(reference, port, portText: "\(port.port)", ready.servers)
            resolution.servesByEndpoints = true
            resolution.backend.fault = ready.refused.map { .endpointsRefused($0, isAll: false) }
            return resolution
        }
        if let refused = ready.refused { return .failing(.endpointsRefused(refused, isAll: true)) }
        if settings.assumesMissingObjects, endpoints.isEmpty {
            return assume(reference, port: port.assumedNumber, portText: "\(port.port)", .endpointsAssumed)
        }
        return .failing(.noReadyEndpoint)
    }

    private func upstream(
        _ reference: ServiceReference,
        _ port: Service.Port? = nil,
        portText: String,
        _ servers: [SocketAddress]
    ) -> Resolution {
        // Two references may mean one port, by its number and by its name; both come to the same upstream.
        let key = UpstreamKey(service: reference.service, port: portText, policy: reference.policy)
        guard let name = key.upstreamName else { return .failing(.portNotFound) }
        let service = reference.service
        let origin = ObjectReference(kind: Service.kind, namespace: service.namespace, name: service.name)
        return Resolution(
            backend: ResolvedBackend(
                target: .backend(.upstream(name)),
                upstream: key,
                appProtocol: port?.appProtocol
            ),
            upstream: Upstream(
                name: name,
                origin: origin,
                policy: reference.policy ?? UpstreamPolicy(balancing: settings.loadBalancing),
                servers: servers
            )
        )
    }

    /// An upstream at an address where no machine is.
    private func assume(
        _ reference: ServiceReference,
        port: Int,
        portText: String,
        _ fault: ResolvedBackend.Fault
    ) -> Resolution {
        guard let port = PortNumber(port) else { return .failing(.portNotFound) }
        var resolution = upstream(reference, portText: portText, [.internet(.documentation, port)])
        if case .backend = resolution.backend.target { resolution.backend.fault = fault }
        return resolution
    }

    private func resolveExternalName(of service: Service, for reference: ServiceReference) -> Resolution {
        let written = service.externalName ?? ""
        let declared = service.port(for: reference.port)?.assumedNumber ?? reference.portNumber
        guard let port = declared.flatMap(PortNumber.init) else { return .failing(.portNotFound) }
        let host: HostName
        switch ExternalTarget(written) {
        case .address(let address): return upstream(reference, portText: "\(port)", [.internet(address, port)])
        case .unusable(let reason): return .failing(.invalidExternalName(written, reason: reason))
        case .name(let name): host = name
        }
        guard !settings.resolvers.isEmpty else { return .failing(.noResolver(written)) }
        return Resolution(backend: ResolvedBackend(target: .backend(.name(host, port))))
    }
}

extension BackendResolver.Resolution {
    fileprivate static func failing(_ fault: ResolvedBackend.Fault) -> Self { Self(backend: .failing(fault)) }
}

extension Service {
    /// The cluster address, unless it is one where no other machine is.
    fileprivate var usableClusterAddress: IPAddress? {
        clusterIP.flatMap { IPAddress($0) }.flatMap { $0.specialUse == nil ? $0 : nil }
    }

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
