import ControlPlaneTestSupport
import Foundation
import TestSupport
import Testing

/// The control plane that tests share is a real one.
@Suite(.timeLimit(.minutes(10)))
struct AccessTests {
    @Test func `it is ready, and serves what an Ingress controller asks for`() async throws {
        let plane = try await ControlPlane.shared()
        #expect(try await plane.isReady())
        let resources = String(
            decoding: try await plane.kubectl.output(["api-resources", "--output", "name"]),
            as: UTF8.self
        )
        for name in [
            "ingresses.networking.k8s.io", "ingressclasses.networking.k8s.io", "endpointslices.discovery.k8s.io",
            "leases.coordination.k8s.io", "events.events.k8s.io", "services", "endpoints", "secrets",
        ] {
            #expect(resources.split(separator: "\n").contains { $0 == name }, "\(name) is not served")
        }
    }

    @Test func `a service account may do what RBAC grants it, and nothing else`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace()
        let reader = plane.kubectl(as: try await plane.kubeconfig(serviceAccount: "reader", in: namespace))
        let before = try await reader.run(["get", "ingresses", "--namespace", namespace])
        #expect(before.errors.contains("Forbidden"), "\(before)")
        try await plane.kubectl.apply(Self.grant(in: namespace))
        try await eventually("the grant takes effect") {
            try await reader.run(["get", "ingresses", "--namespace", namespace]).succeeded
        }
        let secrets = try await reader.run(["get", "secrets", "--namespace", namespace])
        #expect(secrets.errors.contains("Forbidden"))
        let elsewhere = try await reader.run(["get", "ingresses", "--namespace", "default"])
        #expect(elsewhere.errors.contains("Forbidden"))
    }

    @Test func `a user with a client certificate is known by name and group`() async throws {
        let plane = try await ControlPlane.shared()
        let alice = plane.kubectl(as: try await plane.kubeconfig(user: "alice"))
        let refusal = try await alice.run(["get", "nodes"])
        #expect(refusal.errors.contains("\"alice\""), "\(refusal)")
        let master = plane.kubectl(as: try await plane.kubeconfig(user: "bob", groups: ["system:masters"]))
        #expect(try await master.run(["get", "nodes"]).succeeded)
    }

    @Test func `objects are written, changed and read as the API server keeps them`() async throws {
        let plane = try await ControlPlane.shared()
        let namespace = try await plane.newNamespace()
        let service = """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "\(namespace)"},
             "spec": {"type": "LoadBalancer", "ports": [{"port": 80}]}}
            """
        try await plane.kubectl.create(service)
        await #expect(throws: Kubectl.Refused.self) { try await plane.kubectl.create(service) }
        try await plane.kubectl.patch("service/web", in: namespace, #"{"metadata": {"labels": {"app": "web"}}}"#)
        try await plane.patchStatus(
            at: "/api/v1/namespaces/\(namespace)/services/web",
            #"{"status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}}"#
        )
        let read: Service = try await plane.kubectl.get("service/web", in: namespace)
        #expect(read.metadata.labels == ["app": "web"])
        #expect(read.status.loadBalancer.ingress?.map(\.ip) == ["192.0.2.1"])
        try await plane.kubectl.delete("service/web", in: namespace)
        await #expect(throws: Kubectl.Refused.self) {
            try await plane.kubectl.get("service/web", in: namespace, as: Service.self)
        }
    }

    /// Lets `reader` list Ingresses in its namespace.
    private static func grant(in namespace: String) -> String {
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader, namespace: \(namespace)}
        rules: [{apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [get, list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reader, namespace: \(namespace)}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects: [{kind: ServiceAccount, name: reader, namespace: \(namespace)}]

        """
    }

    private struct Service: Decodable {
        struct Metadata: Decodable { var labels: [String: String]? }
        struct Address: Decodable { var ip: String? }
        struct LoadBalancer: Decodable { var ingress: [Address]? }
        struct Status: Decodable { var loadBalancer: LoadBalancer }
        var metadata: Metadata
        var status: Status
    }
}
