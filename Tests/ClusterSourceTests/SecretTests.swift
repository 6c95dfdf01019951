import APIServerTestSupport
import ClusterSource
import Diagnostics
import KubernetesModel
import TestSupport
import Testing

@Suite
struct `Secrets of a cluster` {
    private static let path = "/api/v1/namespaces/shop/secrets/tls"
    private static let kept: [[String: SecretBytes]] = [["tls.crt": SecretBytes([97])]]

    @Test
    func `are known by name alone until an Ingress names them`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.secret("tls"), in: FakeCluster.secrets)
            await server.script([.body(FakeCluster.secret("tls"))]) { $0.path == Self.path }
        } _: { cluster in
            try await cluster.await("the name") { $0.snapshot.secrets.map(\.data) == [[:]] }
            #expect(await !cluster.paths().contains(Self.path))
            try await cluster.server.put(FakeCluster.ingress("web", secret: "tls"), in: FakeCluster.ingresses)
            // Never is the Ingress told without it.
            try await eventually("the Secret") {
                let reading = await cluster.source.read()
                guard reading.isSynced, !reading.snapshot.ingresses.isEmpty else { return false }
                #expect(reading.snapshot.secrets.map(\.data) == Self.kept)
                return true
            }
            try await cluster.server.put(FakeCluster.secret("tls", "Yg=="), in: FakeCluster.secrets)
            try await cluster.await("a change") { $0.snapshot.secrets.map(\.data) == [["tls.crt": SecretBytes([98])]] }
            try await cluster.server.remove("web", namespace: "shop", from: FakeCluster.ingresses)
            try await cluster.await("the name alone") { $0.snapshot.secrets.map(\.data) == [[:]] }
            #expect(await cluster.server.requests.count { $0.path == Self.path } == 1)
        }
    }

    @Test
    func `are read where the global ConfigMap names one`() async throws {
        let global = NamespacedName(namespace: "ingress", name: "settings")
        let secret = #"{"metadata":{"name":"dh","namespace":"ingress"},"type":"Opaque","data":{"dhparam.pem":"YQ=="}}"#
        try await FakeCluster.use(globalConfigMap: global) { server in
            try await server.put(secret, in: FakeCluster.secrets)
            try await server.put(FakeCluster.configMap("settings", in: "ingress", "{}"), in: FakeCluster.configMaps)
            await server.script([.body(secret)]) { $0.path == "/api/v1/namespaces/ingress/secrets/dh" }
        } _: { cluster in
            try await cluster.await("the name") { $0.snapshot.secrets.map(\.data) == [[:]] }
            let named = FakeCluster.configMap("settings", in: "ingress", #"{"ssl-dh-param":"ingress/dh"}"#)
            try await cluster.server.put(named, in: FakeCluster.configMaps)
            try await cluster.await("the Secret") {
                $0.snapshot.secrets.map(\.data) == [["dhparam.pem": SecretBytes([97])]]
            }
        }
    }

    @Test
    func `are known whole once an Ingress names them for their users, and else for a certificate`() async throws {
        let whole = ["tls.crt": SecretBytes([97]), "other": SecretBytes([98])]
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.secret("tls"), in: FakeCluster.secrets)
            try await server.put(FakeCluster.ingress("web", secret: "tls"), in: FakeCluster.ingresses)
            await server.script(Array(repeating: .body(FakeCluster.secret("tls")), count: 3)) { $0.path == Self.path }
        } _: { cluster in
            try await cluster.await("the certificate") { $0.snapshot.secrets.map(\.data) == Self.kept }
            try await cluster.server.put(FakeCluster.ingress("other", users: "tls"), in: FakeCluster.ingresses)
            try await cluster.await("the users") { $0.snapshot.secrets.map(\.data) == [whole] }
        }
    }

    @Test
    func `are listed when it is known which of them are named, and those are kept`() async throws {
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.ingress("web", secret: "tls"), in: FakeCluster.ingresses)
            try await server.put(FakeCluster.secret("tls"), in: FakeCluster.secrets)
            try await server.put(FakeCluster.secret("idle"), in: FakeCluster.secrets)
            // An API server that takes its time for Ingresses.
            await server.script(Array(repeating: .hangUp, count: 5)) { $0.path == FakeCluster.ingresses }
        } _: { cluster in
            try await cluster.await()
            let reading = await cluster.source.read()
            let data = Dictionary(uniqueKeysWithValues: reading.snapshot.secrets.map { ($0.metadata.name, $0.data) })
            #expect(data == ["tls": ["tls.crt": SecretBytes([97])], "idle": [:]])
            #expect(await !cluster.paths().contains(Self.path))
        }
    }

    @Test
    func `hold nobody up that cannot be read, and are read again until they can`() async throws {
        let refusal = FakeAnswer.status(500, reason: "InternalError", message: "not now")
        try await FakeCluster.use { server in
            try await server.put(FakeCluster.secret("tls"), in: FakeCluster.secrets)
            let answers = Array(repeating: refusal, count: 3) + [.body(FakeCluster.secret("tls"))]
            await server.script(answers) { $0.path == Self.path }
        } _: { cluster in
            try await cluster.await()
            try await cluster.server.put(FakeCluster.ingress("web", secret: "tls"), in: FakeCluster.ingresses)
            try await cluster.await("the Ingress") { !$0.snapshot.ingresses.isEmpty }
            try await cluster.await("the Secret") { $0.snapshot.secrets.map(\.data) == Self.kept }
            #expect(await cluster.server.requests.count { $0.path == Self.path } == 4)
        }
    }

    @Test
    func `that hold nothing of use are read once`() async throws {
        let empty = #"{"metadata":{"name":"tls","namespace":"shop"},"type":"Opaque","data":{"other":"Yg=="}}"#
        try await FakeCluster.use { server in
            try await server.put(empty, in: FakeCluster.secrets)
            await server.script(Array(repeating: .body(empty), count: 9)) { $0.path == Self.path }
        } _: { cluster in
            try await cluster.await()
            try await cluster.server.put(FakeCluster.ingress("web", secret: "tls"), in: FakeCluster.ingresses)
            try await cluster.await("the Ingress") { !$0.snapshot.ingresses.isEmpty }
            try await cluster.server.put(FakeCluster.ingress("other", secret: "tls"), in: FakeCluster.ingresses)
            try await cluster.await("the other") { $0.snapshot.ingresses.count == 2 }
            #expect(await cluster.server.requests.count { $0.path == Self.path } == 1)
        }
    }
}
