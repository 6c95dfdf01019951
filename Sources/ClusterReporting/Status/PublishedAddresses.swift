package import KubernetesClient
package import KubernetesModel

/// Finds out under which addresses clients reach the proxy.
package struct PublishedAddresses: Sendable {
    /// Where that is known from.
    package enum Source: Sendable, Hashable {
        /// Somebody says so.
        case fixed([LoadBalancerAddress])
        /// The Service in front of the proxy.
        case service(NamespacedName)
        /// The nodes where the proxy's Pods run.
        case nodes
    }

    private let source: Source
    private let client: APIClient
    /// `nil` outside of a Pod.
    private let pods: OwnPods?
    private let reportsInternalAddresses: Bool

    package init(
        _ source: Source,
        _ client: APIClient,
        pod: NamespacedName?,
        reportsInternalAddresses: Bool = false
    ) {
        self.source = source
        self.client = client
        pods = pod.map { OwnPods(client: client, name: $0) }
        self.reportsInternalAddresses = reportsInternalAddresses
    }

    /// The addresses in an order of their own; empty where there are none yet.
    func current() async throws(APIError) -> [LoadBalancerAddress] {
        switch source {
        case .fixed(let addresses): addresses
        case .service(let name): try await addresses(of: name)
        case .nodes: try await nodes()
        }
    }

    /// Whether this is the only Pod of the controller that runs; `true` outside of a Pod.
    func isLastPod() async throws(APIError) -> Bool {
        guard let pods else { return true }
        return try await pods.running().allSatisfy { $0.metadata.name == pods.name.name }
    }

    private func nodes() async throws(APIError) -> [LoadBalancerAddress] {
        try await pods?.nodeAddresses(areInternal: reportsInternalAddresses) ?? []
    }

    /// As ingress-nginx has it: what a Service of each type is reached by.
    private func addresses(of name: NamespacedName) async throws(APIError) -> [LoadBalancerAddress] {
        let service: PublishedService = try await client.get(APIResource.services.path(of: name))
        let externalIPs = (service.spec.externalIPs ?? []).map(LoadBalancerAddress.ip)
        switch service.spec.type {
        case "ExternalName": return service.spec.externalName.map { [.hostname($0)] } ?? []
        case "LoadBalancer":
            let balanced = service.status?.addresses ?? []
            return balanced + externalIPs.filter { !balanced.contains($0) }
        case "NodePort": return externalIPs.isEmpty ? try await nodes() : externalIPs
        default:
            guard externalIPs.isEmpty else { return externalIPs }
            return service.spec.clusterIP.flatMap { $0.isEmpty || $0 == "None" ? nil : [.ip($0)] } ?? []
        }
    }
}
