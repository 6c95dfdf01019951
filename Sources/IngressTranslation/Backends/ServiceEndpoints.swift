import KubernetesModel
import NginxSyntax

/// The endpoints of every Service.
struct ServiceEndpoints {
    private let slices: [EndpointSlice]
    /// Where the slices of a Service stand in ``slices``.
    private var indices: [NamespacedName: [Int]] = [:]

    init(_ slices: [EndpointSlice]) {
        self.slices = slices
        indices.reserveCapacity(slices.count)
        for (index, slice) in slices.enumerated() {
            let service = NamespacedName(namespace: slice.metadata.namespace, name: slice.serviceName)
            indices[service, default: []].append(index)
        }
    }

    func contains(_ service: NamespacedName) -> Bool { indices[service] != nil }

    /// The slices of a Service; those that an Endpoints object became only where there are no others.
    ///
    /// A cluster mirrors both ways, and what stands in EndpointSlices is the newer truth.
    private func indicesOfSlices(of service: NamespacedName) -> [Int] {
        let all = indices[service] ?? []
        guard all.contains(where: { slices[$0].origin == .endpoints }) else { return all }
        let newer = all.filter { slices[$0].origin == .endpointSlice }
        return newer.isEmpty ? all : newer
    }

    /// The addresses of a port's ready endpoints, each once, in order.
    ///
    /// A slice says by name which of its ports belongs to the Service's, so that a named target may be another
    /// number in each. An endpoint that does not say whether it is ready counts as ready.
    func readyServers(of service: NamespacedName, _ port: Service.Port) -> [SocketAddress] {
        var servers: [SocketAddress] = []
        for index in indicesOfSlices(of: service) where slices[index].addressType != .fqdn {
            guard let number = slices[index].portNumber(for: port).flatMap(PortNumber.init) else { continue }
            for endpoint in slices[index].endpoints where endpoint.isReady != false {
                for address in endpoint.addresses.lazy.compactMap({ IPAddress($0) }) {
                    servers.append(.internet(address, number))
                }
            }
        }
        guard servers.count > 1 else { return servers }
        servers.sort()
        // Endpoints are few, and sorted ones cost less to compare than to hash.
        return servers.indices.filter { $0 == 0 || servers[$0] != servers[$0 - 1] }.map { servers[$0] }
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
