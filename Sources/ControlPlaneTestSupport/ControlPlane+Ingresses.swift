extension ControlPlane {
    /// The addresses that the status of an Ingress shows, or the host names.
    package func addresses(of ingress: String, in namespace: String) async throws -> [String] {
        let object: PublishedIngress = try await kubectl.get("ingress/\(ingress)", in: namespace)
        return (object.status.loadBalancer.ingress ?? []).compactMap { $0.ip ?? $0.hostname }
    }
}

private struct PublishedIngress: Decodable {
    struct Address: Decodable {
        var ip: String?
        var hostname: String?
    }

    struct LoadBalancer: Decodable {
        var ingress: [Address]?
    }

    struct Status: Decodable {
        var loadBalancer: LoadBalancer
    }

    var status: Status
}
