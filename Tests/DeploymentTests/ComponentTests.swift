import Testing

/// The components of Deploy/, which people copy and change.
struct ComponentTests {
    @Test func `TLS is passed on by the component for it, and by no folder without`() async throws {
        let argument = "- --enable-ssl-passthrough\n"
        #expect(try await Kustomization.cloud(with: "tls-passthrough").contains(argument))
        #expect(try await !Kustomization.cloud(with: "stream-services").contains(argument))
    }

    @Test func `ports of TCP and UDP are those of the Service, the Pod, the policy and the ConfigMaps`() async throws {
        let documents = try await Kustomization.cloud(with: "stream-services").split(separator: "\n---\n").map(
            String.init
        )
        func document(_ kind: String, _ name: String) throws -> String {
            try #require(documents.first { $0.contains("kind: \(kind)\n") && $0.contains("\n  name: \(name)\n") })
        }
        let deployment = try document("Deployment", "postern")
        for argument in ["tcp", "udp"] {
            let name = "postern-\(argument)-services"
            #expect(deployment.contains("- --\(argument)-services-configmap=$(POD_NAMESPACE)/\(name)\n"))
            #expect(try document("ConfigMap", name).contains(":"))
            #expect(try document("Role", "postern-stream-services").contains("- \(name)\n"))
        }
        #expect(deployment.contains("- containerPort: 5432\n") && deployment.contains("- containerPort: 53\n"))
        let service = try document("Service", "postern")
        #expect(service.contains("targetPort: postgres") && service.contains("targetPort: dns"))
        #expect(service.contains("type: LoadBalancer"))
        let policy = try document("NetworkPolicy", "postern")
        #expect(policy.contains("port: postgres") && policy.contains("protocol: UDP"))
    }
}
