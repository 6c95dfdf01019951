import Foundation
import TestSupport

extension ControlPlane {
    /// Makes etcd forget all that was before now, as it does by itself every five minutes in a real cluster.
    ///
    /// Whoever goes on with a list from before, or watches from before what the API server does not remember either,
    /// is then told that it is gone (410). A restart makes the API server forget.
    package func compact() async throws {
        // Any answer tells the revision.
        let answer = try await etcd("kv/range", #"{"key": "AA=="}"#)
        let revision = try JSONDecoder().decode(EtcdAnswer.self, from: answer).header.revision
        _ = try await etcd("kv/compaction", #"{"revision": "\#(revision)", "physical": true}"#)
    }

    /// Asks etcd by its JSON gateway.
    private func etcd(_ path: String, _ body: String) async throws -> Data {
        let outcome = try await Tool("curl").run([
            "--disable", "--silent", "--show-error", "--fail-with-body", "--noproxy", "*", "--max-time", "30",
            "--data", body, "http://127.0.0.1:\(etcdPort)/v3/\(path)",
        ])
        guard outcome.succeeded else { throw Tool.Failure(description: "etcd: \(outcome.errors)\(outcome.text)") }
        return Data(outcome.output)
    }
}

private struct EtcdAnswer: Decodable {
    struct Header: Decodable { var revision: String }
    var header: Header
}
