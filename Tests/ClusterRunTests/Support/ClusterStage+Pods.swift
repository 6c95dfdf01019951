import ControllerTestSupport
import ControlPlaneTestSupport

/// The work of a kubelet and the scheduler in a real cluster.
extension ClusterStage {
    /// A Pod of the controller that runs on a node of its own.
    func addPod(_ name: String, at address: String) async throws {
        let node = "\(namespace)-\(name)"
        try await apply(
            "apiVersion: v1\nkind: Node\nmetadata: {name: \(node)}\n",
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: \(name), namespace: \(namespace), labels: {app: postern, pod-template-hash: \(name)}}
            spec: {nodeName: \(node), containers: [{name: postern, image: postern}]}

            """
        )
        try await plane.patchStatus(
            at: "/api/v1/nodes/\(node)",
            #"{"status":{"addresses":[{"type":"InternalIP","address":"198.51.100.9"},"#
                + #"{"type":"ExternalIP","address":"\#(address)"}]}}"#
        )
        try await plane.patchStatus(
            at: "/api/v1/namespaces/\(namespace)/pods/\(name)",
            #"{"status":{"phase":"Running"}}"#
        )
    }

    func removePod(_ name: String) async throws {
        try await kubectl.output([
            "-n", namespace, "delete", "pod", name, "--force", "--grace-period", "0", "--wait=false",
        ])
    }

    /// The holder of the lease; empty for none.
    func leaseHolder() async throws -> String {
        let lease: Lease = try await kubectl.get("lease/\(namespace)", in: leaseNamespace)
        return lease.spec.holderIdentity ?? ""
    }

    /// Outside of a Pod the lease is where the kubeconfig's context leads.
    private var leaseNamespace: String { site.environment["POD_NAMESPACE"] ?? "default" }
}

private struct Lease: Decodable {
    struct Spec: Decodable { var holderIdentity: String? }
    var spec: Spec
}
