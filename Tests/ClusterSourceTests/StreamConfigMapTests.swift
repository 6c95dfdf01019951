import APIServerTestSupport
import ClusterSource
import Diagnostics
import KubernetesModel
import TestSupport
import Testing

/// The ConfigMaps of TCP and UDP services.
struct StreamConfigMapTests {
    private static let names = [
        NamespacedName(namespace: "ingress", name: "tcp"), NamespacedName(namespace: "ingress", name: "udp"),
    ]

    @Test func `are asked for by their names, and followed as they change and go`() async throws {
        try await FakeCluster.use(streamConfigMaps: Self.names) { server in
            try await server.put(
                FakeCluster.configMap("tcp", in: "ingress", #"{"5432":"shop/db:5432"}"#),
                in: FakeCluster.configMaps
            )
            try await server.put(FakeCluster.configMap("other", in: "ingress", "{}"), in: FakeCluster.configMaps)
        } _: { cluster in
            try await cluster.await("the ports") { $0.snapshot.configMaps.map(\.data) == [["5432": "shop/db:5432"]] }
            try await cluster.server.put(
                FakeCluster.configMap("udp", in: "ingress", #"{"53":"infra/dns:53"}"#),
                in: FakeCluster.configMaps
            )
            try await cluster.await("the second one") { $0.snapshot.configMaps.count == 2 }
            try await cluster.server.remove("tcp", namespace: "ingress", from: FakeCluster.configMaps)
            try await cluster.await("the end of the first") { reading in
                reading.snapshot.configMaps.map(\.data) == [["53": "infra/dns:53"]]
            }
        }
    }

    @Test func `hold nobody up where they may not be read, and a finding says so`() async throws {
        let refusal = FakeAnswer.status(403, reason: "Forbidden", message: "postern cannot list configmaps")
        try await FakeCluster.use(streamConfigMaps: Self.names) { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            await server.script(Array(repeating: refusal, count: 10_000)) { $0.path.hasSuffix("/configmaps") }
        } _: { cluster in
            try await cluster.await("the Ingress and the finding") { reading in
                reading.snapshot.ingresses.count == 1 && reading.snapshot.refused.count == 2
                    && reading.diagnostics.contains { $0.code == "resource-forbidden" }
            }
        }
    }
}
