import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension BackendResolver {
    /// The result of resolving the Service of a port of TCP or UDP.
    struct StreamResolution: Sendable, Hashable {
        /// `nil` where there is nobody to pass bytes to.
        var target: StreamTarget?
        /// The number of the Service's port, or the name where it is not known.
        var portText: String
        var fault: ResolvedBackend.Fault?
    }

    /// Finds the servers of a Service's port, by its number or name, which must be one of the transport.
    func resolve(_ reference: ServiceReference, over transport: StreamServer.Transport) -> StreamResolution {
        func failing(_ fault: ResolvedBackend.Fault) -> StreamResolution {
            StreamResolution(portText: reference.portText, fault: fault)
        }
        guard let service else {
            guard !isRefused else { return failing(.serviceRefused) }
            guard settings.assumesMissingObjects else { return failing(.serviceNotFound) }
            return assume(port: reference.portNumber ?? 80, portText: reference.portText, .serviceAssumed)
        }
        let port = service.port(for: reference.port, over: transport)
        if service.type == .externalName {
            guard !settings.disablesExternalNames else { return failing(.externalNameDisabled) }
            let number = port?.likelyNumber ?? reference.portNumber
            guard let number = number.flatMap(PortNumber.init) else { return failing(.portNotFound) }
            return resolveExternalName(service.externalName ?? "", number)
        }
        guard let port else { return failing(.portNotFound) }
        let ready = endpoints.ready(port)
        let portText = "\(port.port)"
        guard ready.servers.isEmpty else {
            let fault = ready.refused.map { ResolvedBackend.Fault.endpointsRefused($0, isAll: false) }
            return StreamResolution(target: .servers(ready.servers), portText: portText, fault: fault)
        }
        if let refused = ready.refused { return failing(.endpointsRefused(refused, isAll: true)) }
        guard settings.assumesMissingObjects, endpoints.isEmpty else { return failing(.noReadyEndpoint) }
        return assume(port: port.likelyNumber, portText: portText, .endpointsAssumed)
    }

    /// A server at an address where no machine is.
    private func assume(port: Int, portText: String, _ fault: ResolvedBackend.Fault) -> StreamResolution {
        guard let port = PortNumber(port) else { return StreamResolution(portText: portText, fault: .portNotFound) }
        let target = StreamTarget.servers([.internet(.documentation, port)])
        return StreamResolution(target: target, portText: portText, fault: fault)
    }

    private func resolveExternalName(_ written: String, _ port: PortNumber) -> StreamResolution {
        var resolution = StreamResolution(portText: "\(port)")
        switch ExternalTarget(written) {
        case .address(let address): resolution.target = .servers([.internet(address, port)])
        case .unusable(let reason): resolution.fault = .invalidExternalName(written, reason: reason)
        case .name(let name):
            if settings.resolvers.isEmpty {
                resolution.fault = .noResolver(written)
            } else {
                resolution.target = .name(name, port)
            }
        }
        return resolution
    }
}

extension Service {
    fileprivate func port(for wanted: Ingress.ServicePort, over transport: StreamServer.Transport) -> Port? {
        ports.first { port in
            guard port.transport.lowercased() == transport.rawValue else { return false }
            return switch wanted {
            case .number(let number): port.port == number
            case .name(let name): port.name == name
            }
        }
    }
}

extension Service.Port {
    /// The number that endpoints probably listen on: a named target is known to Pods only.
    fileprivate var likelyNumber: Int { if case .number(let number) = targetPort { number } else { port } }
}
