import Foundation
import TestSupport

/// A real Kubernetes control plane on loopback: etcd and the API server, with RBAC, and nothing else.
///
/// No kubelet and no controller manager runs: a test writes Services with their Endpoints or EndpointSlices itself,
/// nothing is garbage-collected, and a namespace that is deleted stays in `Terminating`. Services get cluster IPs of
/// 198.18.0.0/15, which nobody has.
package struct ControlPlane: Sendable, Hashable {
    /// Where both have their state, their logs (`etcd.log`, `kube-apiserver.log`) and their certificates.
    package let folder: String
    /// The API server's port on 127.0.0.1, for HTTPS.
    package let port: UInt16
    let etcdPort: UInt16
    let etcdPeerPort: UInt16
    let serverOptions: [String]

    /// Where the API server answers.
    package var url: String { "https://127.0.0.1:\(port)" }

    /// The PEM file with the authority that has signed the API server's certificate.
    package var authority: String { "\(folder)/certificates/apiserver.crt" }

    /// The control plane of this process, which starts at the first call and ends with the process.
    ///
    /// It is for tests that leave it running as it is, each in a namespace of its own (``newNamespace(_:)``) and with
    /// names of its own for what has none.
    package static func shared() async throws -> ControlPlane { try await common.value }

    /// Runs a control plane for `body` alone, which may stop and restart its API server; leaves nothing behind.
    ///
    /// Options of the API server, such as `--watch-cache=false`, add to those that it has anyway.
    package static func use<Result: Sendable>(
        serverOptions: [String] = [],
        body: (ControlPlane) async throws -> Result
    ) async throws -> Result {
        try await slots.use { try await start(serverOptions, body: body) }
    }

    // Each takes 300 MB, and the processor for some seconds. A test waits for one within its time limit.
    private static let slots = Slots(2)

    /// Tests have no end at which it could be stopped: its guard does that when the process is gone.
    private static let common = Task {
        let (planes, started) = AsyncThrowingStream<ControlPlane, any Error>.makeStream()
        Task {
            do {
                try await start([]) { plane in
                    started.yield(plane)
                    while true { try await Task.sleep(for: .seconds(3600)) }
                }
            } catch {
                started.finish(throwing: error)
            }
        }
        for try await plane in planes { return plane }
        throw CancellationError()
    }

    private static func start<Result: Sendable>(
        _ serverOptions: [String],
        body: (ControlPlane) async throws -> Result
    ) async throws -> Result {
        let plane = try ControlPlane(serverOptions)
        return try await ControlPlaneGuard.run(over: plane.folder) {
            try await plane.makeCertificates()
            try await plane.startEtcd()
            try await plane.startServer()
            return try await body(plane)
        }
    }

    private init(_ serverOptions: [String]) throws {
        var template = Array("/tmp/p-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Tool.Failure(description: "no folder can be made in /tmp") }
        folder = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        port = try ClaimedPort.next()
        etcdPort = try ClaimedPort.next()
        etcdPeerPort = try ClaimedPort.next()
        self.serverOptions = serverOptions
    }
}
