import KubernetesModel
import NginxSyntax

/// The endpoints of one Service.
struct ServiceEndpoints {
    let slices: [EndpointSlice]

    var isEmpty: Bool { slices.isEmpty }

    /// The slices that count; those that an Endpoints object became only where there are no others.
    ///
    /// A cluster mirrors both ways, and what stands in EndpointSlices is the newer truth.
    private var counting: [EndpointSlice] {
        guard slices.contains(where: { $0.origin == .endpoints }) else { return slices }
        let newer = slices.filter { $0.origin == .endpointSlice }
        return newer.isEmpty ? slices : newer
    }

    /// A port's ready endpoints.
    struct Ready: Sendable, Hashable {
        /// Each once, in order.
        var servers: [SocketAddress] = []
        /// The first that no request may be passed to.
        var refused: ResolvedBackend.RefusedEndpoint?
    }

    /// The addresses of a port's ready endpoints.
    ///
    /// An address where no other machine is would lead to what only the proxy's own machine may reach. A slice says by name which of its ports belongs to the Service's, so that a named target may be another
    /// number in each. An endpoint that does not say whether it is ready counts as ready.
    func ready(_ port: Service.Port) -> Ready {
        var servers: [SocketAddress] = []
        var refused: [ResolvedBackend.RefusedEndpoint] = []
        for slice in counting where slice.addressType != .fqdn {
            guard let number = slice.portNumber(for: port).flatMap(PortNumber.init) else { continue }
            for endpoint in slice.endpoints where endpoint.isReady != false {
                for address in endpoint.addresses.lazy.compactMap({ IPAddress($0) }) {
                    if let use = address.specialUse {
                        refused.append(.init(address: address, use: use))
                    } else {
                        servers.append(.internet(address, number))
                    }
                }
            }
        }
        let first = refused.min { $0.address < $1.address }
        guard servers.count > 1 else { return Ready(servers: servers, refused: first) }
        servers.sort()
        // Endpoints are few, and sorted ones cost less to compare than to hash.
        let distinct = servers.indices.filter { $0 == 0 || servers[$0] != servers[$0 - 1] }.map { servers[$0] }
        return Ready(servers: distinct, refused: first)
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
