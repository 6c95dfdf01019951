import KubernetesModel
import NginxSyntax

/// The endpoints of every Service.
struct ServiceEndpoints {
    private let slices: [NamespacedName: [EndpointSlice]]

    init(_ slices: [EndpointSlice]) {
        var byService: [NamespacedName: [EndpointSlice]] = [:]
        byService.reserveCapacity(slices.count)
        for slice in slices {
            let service = NamespacedName(namespace: slice.metadata.namespace, name: slice.serviceName)
            byService[service, default: []].append(slice)
        }
        // A cluster mirrors both ways; what stands in EndpointSlices is the newer truth.
        self.slices = byService.mapValues { slices in
            let newer = slices.filter { $0.origin == .endpointSlice }
            return newer.isEmpty ? slices : newer
        }
    }

    func contains(_ service: NamespacedName) -> Bool { slices[service] != nil }

    /// The addresses of a port's ready endpoints, each once, in order.
    ///
    /// A slice says by name which of its ports belongs to the Service's, so that a named target may be another
    /// number in each. An endpoint that does not say whether it is ready counts as ready.
    func readyServers(of service: NamespacedName, _ port: Service.Port) -> [SocketAddress] {
        var servers: Set<SocketAddress> = []
        for slice in slices[service] ?? [] where slice.addressType != .fqdn {
            guard let number = slice.portNumber(for: port).flatMap(PortNumber.init) else { continue }
            for endpoint in slice.endpoints where endpoint.isReady != false {
                for address in endpoint.addresses.lazy.compactMap({ IPAddress($0) }) {
                    servers.insert(.internet(address, number))
                }
            }
        }
        return servers.count < 2 ? Array(servers) : servers.sorted()
    }
}

extension EndpointSlice {
    fileprivate func portNumber(for port: Service.Port) -> Int? {
        let own = ports.first { ($0.name ?? "") == (port.name ?? "") && $0.transport == port.transport }
        if let number = own?.port { return number }
        // A slice without ports, or with one for "all", leaves the number to the Service.
        guard ports.isEmpty || own != nil else { return nil }
        switch port.targetPort {
        case .number(let number): return number
        case .name: return nil
        case nil: return port.port
        }
    }
}
