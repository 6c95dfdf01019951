import APIServerTestSupport
import ClusterSource
import Diagnostics
import KubernetesModel
import TestSupport
import Testing

/// The ConfigMaps that the controller's option and Ingresses name.
@Suite
struct `ConfigMaps that are named` {
    private static let global = NamespacedName(namespace: "ingress", name: "settings")
    private static let refusal = FakeAnswer.status(403, reason: "Forbidden", message: "postern cannot list configmaps")
    private static let failure = FakeAnswer.status(500, reason: "InternalError", message: "not now")

    @Test
    func `the global one is asked for by its name alone, and followed as it changes, goes and comes`() async throws {
        try await FakeCluster.use(globalConfigMap: Self.global) { server in
            try await server.put(
                FakeCluster.configMap("settings", in: "ingress", #"{"hsts":"false"}"#),
                in: FakeCluster.configMaps
            )
            try await server.put(FakeCluster.configMap("other", in: "ingress", "{}"), in: FakeCluster.configMaps)
        } _: { cluster in
            try await cluster.await()
            #expect(await cluster.data() == [["hsts": "false"]])
            let requests = await cluster.server.requests.filter { $0.path.hasSuffix("/configmaps") }
            #expect(
                Set(requests.map { "\($0.path) \($0.query["fieldSelector"] ?? "")" })
                    == ["/api/v1/namespaces/ingress/configmaps metadata.name=settings"]
            )
            try await cluster.server.put(
                FakeCluster.configMap("settings", in: "ingress", #"{"hsts":"true"}"#),
                in: FakeCluster.configMaps
            )
            try await cluster.await("the change") { $0.snapshot.configMaps.map(\.data) == [["hsts": "true"]] }
            try await cluster.server.remove("settings", namespace: "ingress", from: FakeCluster.configMaps)
            try await cluster.await("its end") { $0.snapshot.configMaps.isEmpty }
            try await cluster.server.put(
                FakeCluster.configMap("settings", in: "ingress", "{}"),
                in: FakeCluster.configMaps
            )
            try await cluster.await("the new one") { $0.snapshot.configMaps.map(\.data) == [[:]] }
        }
    }

    @Test
    func `one that the global one names is asked for as well, until it is named no longer`() async throws {
        try await FakeCluster.use(globalConfigMap: Self.global) { server in
            try await server.put(
                FakeCluster.configMap("settings", in: "ingress", #"{"add-headers":"web/headers"}"#),
                in: FakeCluster.configMaps
            )
            try await server.put(
                FakeCluster.configMap("headers", in: "web", #"{"X-A":"b"}"#),
                in: FakeCluster.configMaps
            )
        } _: { cluster in
            try await cluster.await("both") { reading in
                reading.isSynced && Set(reading.snapshot.configMaps.map(\.metadata.name)) == ["headers", "settings"]
            }
            try await cluster.server.put(
                FakeCluster.configMap("settings", in: "ingress", "{}"),
                in: FakeCluster.configMaps
            )
            try await cluster.await("the global one alone") { $0.snapshot.configMaps.map(\.data) == [[:]] }
        }
    }

    @Test
    func `a global one that is not there is known to be missing`() async throws {
        try await FakeCluster.use(globalConfigMap: Self.global) { cluster in
            try await cluster.await("the state without it") { $0.snapshot.configMaps.isEmpty }
        }
    }

    @Test(arguments: [refusal, failure])
    func `nothing is served before the global one could be read`(_ answer: FakeAnswer) async throws {
        try await FakeCluster.use(globalConfigMap: Self.global) { server in
            try await server.put(FakeCluster.ingress("web"), in: FakeCluster.ingresses)
            try await server.put(
                FakeCluster.configMap("settings", in: "ingress", #"{"hsts":"false"}"#),
                in: FakeCluster.configMaps
            )
            await server.script(Array(repeating: answer, count: 5)) { $0.path.hasSuffix("/configmaps") }
        } _: { cluster in
            try await eventually("the ConfigMap") {
                let reading = await cluster.source.read()
                guard reading.isSynced else { return false }
                #expect(reading.snapshot.configMaps.map(\.data) == [["hsts": "false"]])
                return true
            }
            #expect(await cluster.server.requests.count { $0.path.hasSuffix("/configmaps") } >= 6)
        }
    }

    @Test
    func `a global one that can no longer be read keeps what it said`() async throws {
        try await FakeCluster.use(globalConfigMap: Self.global) { server in
            try await server.put(
                FakeCluster.configMap("settings", in: "ingress", #"{"hsts":"false"}"#),
                in: FakeCluster.configMaps
            )
        } _: { cluster in
            try await cluster.await()
            try await eventually("a watch that can be ended") {
                await cluster.server.requests.contains { $0.path.hasSuffix("/configmaps") && $0.isWatch }
            }
            // Until the test has seen it: a few refusals can be over before it looks.
            await cluster.server.script(Array(repeating: Self.refusal, count: 10_000)) {
                $0.path.hasSuffix("/configmaps")
            }
            await cluster.server.hangUp()
            try await eventually("a finding") {
                await cluster.source.read().diagnostics.contains { $0.code == "resource-forbidden" }
            }
            let reading = await cluster.source.read()
            await cluster.server.endScripts()
            #expect(reading.isSynced)
            #expect(reading.snapshot.configMaps.map(\.data) == [["hsts": "false"]])
            try await cluster.await("the end of it") { $0.diagnostics.isEmpty }
        }
    }

    @Test
    func `those of Ingresses are read as they come to be named, and others go on undisturbed`() async throws {
        try await FakeCluster.use { server in
            for name in ["a", "b", "c"] {
                try await server.put(
                    FakeCluster.configMap(name, in: "shop", #"{"x":"\#(name)"}"#),
                    in: FakeCluster.configMaps
                )
            }
            try await server.put(FakeCluster.ingress("web", headers: "a"), in: FakeCluster.ingresses)
        } _: { cluster in
            try await cluster.await()
            #expect(await cluster.data() == [["x": "a"]])
            try await cluster.server.put(FakeCluster.ingress("new", headers: "b"), in: FakeCluster.ingresses)
            // Never is the Ingress told without it.
            try await eventually("the other") {
                let reading = await cluster.source.read()
                guard reading.isSynced, reading.snapshot.ingresses.count == 2 else { return false }
                #expect(Set(reading.snapshot.configMaps.map(\.data)) == [["x": "a"], ["x": "b"]])
                return true
            }
            #expect(await cluster.requests(for: "a") == 2, "one list and one watch")
            try await cluster.server.put(FakeCluster.ingress("web", headers: "b"), in: FakeCluster.ingresses)
            try await cluster.await("the second alone") { $0.snapshot.configMaps.map(\.data) == [["x": "b"]] }
            try await cluster.server.put(
                FakeCluster.configMap("b", in: "shop", #"{"x":"new"}"#),
                in: FakeCluster.configMaps
            )
            try await cluster.await("its change") { $0.snapshot.configMaps.map(\.data) == [["x": "new"]] }
            #expect(await cluster.requests(for: "c") == 0)
        }
    }

    @Test(arguments: [refusal, failure])
    func `one of an Ingress that cannot be read holds nobody up, and is read as soon as it can be`(
        _ answer: FakeAnswer
    ) async throws {
        let name = try #require(ObjectReference(kind: "ConfigMap", namespace: "shop", name: "a"))
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.configMap("a", in: "shop", #"{"x":"a"}"#), in: FakeCluster.configMaps)
            try await server.put(FakeCluster.ingress("web", headers: "a"), in: FakeCluster.ingresses)
            await server.script(Array(repeating: answer, count: 3)) { $0.path.hasSuffix("/configmaps") }
        } _: { cluster in
            try await cluster.await("the Ingress without it") { reading in
                reading.snapshot.ingresses.count == 1 && reading.snapshot.refused == [name]
            }
            try await cluster.await("the ConfigMap") { reading in
                reading.snapshot.configMaps.map(\.data) == [["x": "a"]] && reading.snapshot.refused.isEmpty
                    && reading.diagnostics.isEmpty
            }
        }
    }

    @Test
    func `of many in one namespace that are forbidden, one finding tells`() async throws {
        try await FakeCluster.use { server in
            for name in ["a", "b", "c"] {
                try await server.put(FakeCluster.ingress(name, headers: name), in: FakeCluster.ingresses)
            }
            await server.script(Array(repeating: Self.refusal, count: 200)) { $0.path.hasSuffix("/configmaps") }
        } _: { cluster in
            try await cluster.await("the Ingresses") { $0.snapshot.refused.count == 3 }
            let findings = await cluster.source.read().diagnostics
            #expect(findings.map(\.code) == ["resource-forbidden"])
            #expect(findings.first?.hint?.contains("a Role in the namespace 'shop'") == true)
        }
    }
}

extension FakeCluster {
    fileprivate func data() async -> [[String: String]] { await source.read().snapshot.configMaps.map(\.data) }

    /// How often a ConfigMap was listed or watched.
    fileprivate func requests(for name: String) async -> Int {
        await server.requests.count { $0.query["fieldSelector"] == "metadata.name=\(name)" }
    }
}
