import APIServerTestSupport
import ClusterSource
import Diagnostics
import KubernetesModel
import Testing

/// The ConfigMaps that classes name.
@Suite
struct `The parameters of classes` {
    private static let shop = #"{"kind":"ConfigMap","name":"shop","namespace":"shop","scope":"Namespace"}"#
    private static let own = #"{"apiGroup":"","kind":"ConfigMap","name":"own"}"#
    private static let other = #"{"apiGroup":"x.example","kind":"Settings","name":"own"}"#

    @Test
    func `are asked for by name alone, where the class or the controller says`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingressClass("a", parameters: Self.shop), in: FakeCluster.ingressClasses)
            try await server.put(FakeCluster.ingressClass("b", parameters: Self.own), in: FakeCluster.ingressClasses)
            try await server.put(FakeCluster.ingressClass("c", parameters: Self.other), in: FakeCluster.ingressClasses)
            for (name, namespace) in [("shop", "shop"), ("own", "ingress"), ("own", "shop"), ("secret", "ingress")] {
                try await server.put(FakeCluster.configMap(name, in: namespace, "{}"), in: FakeCluster.configMaps)
            }
        } _: { cluster in
            try await cluster.await()
            let reading = await cluster.source.read()
            #expect(Set(reading.snapshot.configMaps.map(\.namespacedName.description)) == ["shop/shop", "ingress/own"])
            let requests = await cluster.server.requests.filter { $0.path.hasSuffix("/configmaps") }
            #expect(
                Set(requests.map { "\($0.path) \($0.query["fieldSelector"] ?? "")" }) == [
                    "/api/v1/namespaces/shop/configmaps metadata.name=shop",
                    "/api/v1/namespaces/ingress/configmaps metadata.name=own",
                ]
            )
            let reference = try #require(ObjectReference(kind: "ConfigMap", namespace: "shop", name: "shop"))
            #expect(await cluster.source.identity(of: reference)?.uid == "uid-shop-shop")
        }
    }

    @Test
    func `are known before a class counts, and followed as both change`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingressClass(parameters: Self.own), in: FakeCluster.ingressClasses)
            try await server.put(FakeCluster.configMap("own", in: "ingress", #"{"a":"1"}"#), in: FakeCluster.configMaps)
            try await server.put(FakeCluster.configMap("shop", in: "shop", #"{"b":"2"}"#), in: FakeCluster.configMaps)
            let late = FakeAnswer.status(500, reason: "InternalError", message: "not yet")
            await server.script(Array(repeating: late, count: 3)) { $0.path.hasSuffix("/configmaps") }
        } _: { cluster in
            func data() async -> [[String: String]] { await cluster.source.read().snapshot.configMaps.map(\.data) }
            try await cluster.await()
            #expect(await data() == [["a": "1"]])
            try await cluster.server.put(
                FakeCluster.configMap("own", in: "ingress", #"{"a":"3"}"#),
                in: FakeCluster.configMaps
            )
            try await cluster.await("the change") { $0.snapshot.configMaps.map(\.data) == [["a": "3"]] }
            try await cluster.server.put(
                FakeCluster.ingressClass(parameters: Self.shop),
                in: FakeCluster.ingressClasses
            )
            try await cluster.await("the other ConfigMap alone") { reading in
                // At no time is the class there without what it names.
                reading.snapshot.ingressClasses.first?.parameters?.name == "shop"
                    && reading.snapshot.configMaps.map(\.data) == [["b": "2"]]
            }
            try await cluster.server.remove("shop", namespace: "shop", from: FakeCluster.configMaps)
            try await cluster.await("its end") { $0.snapshot.configMaps.isEmpty }
            try await cluster.server.put(FakeCluster.ingressClass(), in: FakeCluster.ingressClasses)
            try await cluster.await { $0.snapshot.ingressClasses.first?.parameters == nil }
        }
    }

    @Test
    func `are done without where they are forbidden, and that is said`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            try await server.put(FakeCluster.ingressClass(parameters: Self.shop), in: FakeCluster.ingressClasses)
            try await server.put(FakeCluster.configMap("shop", in: "shop", "{}"), in: FakeCluster.configMaps)
            let answer = FakeAnswer.status(403, reason: "Forbidden", message: "postern cannot list configmaps")
            await server.script(Array(repeating: answer, count: 3)) { $0.path.hasSuffix("/configmaps") }
        } _: { cluster in
            try await cluster.await("a finding") { reading in
                reading.diagnostics.map(\.code) == ["resource-forbidden"] && reading.snapshot.ingresses.count == 1
            }
            let finding = try #require(await cluster.source.read().diagnostics.first)
            #expect(finding.message.contains("postern cannot list configmaps"))
            #expect(
                finding.hint
                    == "grant get, list and watch on configmaps of the API group '' by a Role in the namespace 'shop'"
            )
            try await cluster.await("the ConfigMap") { $0.diagnostics.isEmpty && $0.snapshot.configMaps.count == 1 }
        }
    }
}
