import KubernetesClient
import KubernetesModel

/// The Pods of this controller: its own, and those of its other replicas.
struct OwnPods: Sendable {
    let client: APIClient
    /// The Pod of this process.
    let name: NamespacedName

    /// Labels that tell the Pods of one revision from those of the next.
    private static let revisionLabels = ["controller-revision-hash", "pod-template-generation", "pod-template-hash"]

    func own() async throws(APIError) -> Pod {
        try await client.get(APIResource.pods.path(of: name))
    }

    /// Those that run, this one among them: they have the same labels.
    func running() async throws(APIError) -> [Pod] {
        let labels = (try await own().metadata.labels ?? [:]).filter { !Self.revisionLabels.contains($0.key) }
        // Without labels nothing tells a replica from any other Pod.
        guard !labels.isEmpty else { return [try await own()].filter(\.isRunning) }
        let selector = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        let list: PodList = try await client.get(
            APIResource.pods.path(namespace: name.namespace),
            query: [.init("labelSelector", selector)]
        )
        return list.items.filter(\.isRunning)
    }

    /// The addresses of the nodes where the Pods run, each once.
    func nodeAddresses(areInternal: Bool) async throws(APIError) -> [LoadBalancerAddress] {
        var addresses: [LoadBalancerAddress] = []
        for node in Set(try await running().compactMap(\.spec?.nodeName)).sorted() {
            let node: ClusterNode = try await client.get(APIResource.nodes.path(name: node))
            if let address = node.address(isInternal: areInternal), !addresses.contains(.ip(address)) {
                addresses.append(.ip(address))
            }
        }
        return addresses
    }
}
