import ControlPlaneTestSupport
import Foundation
import TestSupport
import Testing

/// A test may take its own control plane away, and give it back.
@Suite(.timeLimit(.minutes(10)))
struct RestartTests {
    @Test func `the API server is gone until it starts again, with all that it kept`() async throws {
        let (folder, port) = try await ControlPlane.use { plane in
            let namespace = try await plane.newNamespace()
            let account = try await plane.kubeconfig(serviceAccount: "postern", in: namespace)
            for signal in [SIGTERM, SIGKILL] {
                try await plane.stopServer(by: signal)
                #expect(try await plane.isReady() == false)
                #expect(try await plane.kubectl.run(["get", "namespaces"]).succeeded == false)
                try await plane.startServer()
                try await plane.kubectl.output(["get", "namespace/\(namespace)"])
                // The token of before still tells who asks.
                let refusal = try await plane.kubectl(as: account).run(["get", "namespaces"])
                #expect(refusal.errors.contains("system:serviceaccount:\(namespace):postern"), "\(refusal)")
            }
            return (plane.folder, plane.port)
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        try await eventually("the port is free") { (try? PortHolder(port)) != nil }
    }

    @Test func `what was before a compaction is gone for whoever goes on from there`() async throws {
        try await ControlPlane.use { plane in
            let namespace = try await plane.newNamespace()
            for name in ["a", "b", "c"] {
                try await plane.kubectl.create(
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: \(namespace)}\n"
                )
            }
            let path = "/api/v1/namespaces/\(namespace)/configmaps"
            let start = try await Self.list(plane, "\(path)?limit=1")
            let next = try #require(start.metadata.continue)
            _ = try await Self.list(plane, "\(path)?limit=1&continue=\(next)")
            try await plane.kubectl.patch("configmap/a", in: namespace, #"{"data": {"changed": "yes"}}"#)
            try await plane.compact()
            let rest = try await plane.kubectl.run(["get", "--raw", "\(path)?limit=1&continue=\(next)"])
            #expect(rest.errors.contains("Expired") || rest.errors.contains("too old"), "\(rest)")
            // The API server remembers changes for those who watch; a new one does not.
            try await plane.stopServer()
            try await plane.startServer()
            let watch = "\(path)?watch=true&timeoutSeconds=5&resourceVersion=\(start.metadata.resourceVersion)"
            let changes = try await plane.kubectl.run(["get", "--raw", watch])
            #expect((changes.text + changes.errors).contains("too old resource version"), "\(changes)")
        }
    }

    private static func list(_ plane: ControlPlane, _ path: String) async throws -> List {
        try JSONDecoder().decode(List.self, from: Data(try await plane.kubectl.output(["get", "--raw", path])))
    }

    private struct List: Decodable {
        struct Metadata: Decodable {
            var resourceVersion: String
            var `continue`: String?
        }
        var metadata: Metadata
    }
}
