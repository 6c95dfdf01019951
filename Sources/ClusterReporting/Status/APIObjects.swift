import KubernetesModel

/// The fields of a Service that say where it is reached.
struct PublishedService: Decodable {
    var spec: Spec
    var status: LoadBalancerStatus?

    struct Spec: Decodable {
        var type: String?
        var clusterIP: String?
        var externalName: String?
        var externalIPs: [String]?
    }
}

/// The status of a load balancer.
struct LoadBalancerStatus: Decodable {
    var loadBalancer: LoadBalancer?

    struct LoadBalancer: Decodable {
        var ingress: [Entry]?
    }

    struct Entry: Codable, Hashable {
        var ip: String?
        var hostname: String?
    }

    var addresses: [LoadBalancerAddress] {
        (loadBalancer?.ingress ?? []).compactMap { entry in
            if let ip = entry.ip, !ip.isEmpty { return .ip(ip) }
            return entry.hostname.flatMap { $0.isEmpty ? nil : .hostname($0) }
        }
    }
}

extension LoadBalancerStatus.Entry {
    init(_ address: LoadBalancerAddress) {
        switch address {
        case .ip(let ip): self.init(ip: ip)
        case .hostname(let name): self.init(hostname: name)
        }
    }
}

/// The fields of a Pod that say whether and where it runs.
struct Pod: Decodable {
    var metadata: Metadata
    var spec: Spec?
    var status: Status?

    struct Metadata: Decodable {
        var name: String
        var uid: String?
        var labels: [String: String]?
        var deletionTimestamp: String?
    }

    struct Spec: Decodable {
        var nodeName: String?
    }

    struct Status: Decodable {
        var phase: String?
    }

    /// Whether it runs, and has not been told to end.
    var isRunning: Bool { status?.phase == "Running" && metadata.deletionTimestamp == nil }
}

struct PodList: Decodable {
    var items: [Pod]
}

/// The fields of a ClusterNode that say where it is reached.
struct ClusterNode: Decodable {
    var status: Status?

    struct Status: Decodable {
        var addresses: [Address]?
    }

    struct Address: Decodable {
        var type: String
        var address: String
    }

    /// The address of the preferred type, else of the other.
    func address(isInternal: Bool) -> String? {
        let types = isInternal ? ["InternalIP", "ExternalIP"] : ["ExternalIP", "InternalIP"]
        let addresses = status?.addresses ?? []
        return types.lazy.compactMap { type in addresses.first { $0.type == type }?.address }.first
    }
}
