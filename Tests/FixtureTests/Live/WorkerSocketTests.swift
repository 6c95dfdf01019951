import CurlTestSupport
import Foundation
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// The sockets that workers take connections from, where each has its own.
@Suite(.timeLimit(.minutes(10))) struct WorkerSocketTests {
    @Test func `connections that come at once and are kept are spread over all workers`() async throws {
        try await run { live, load in
            let workers = try live.nginx.workers
            let before = try workers.map(sockets)
            let report = try await load.run(.keptConnections) {
                try await eventually("each worker has a connection") {
                    try zip(workers, before).allSatisfy { try sockets(of: $0) > $1 }
                }
            }
            #expect(report.failures == 0)
        }
    }

    @Test func `no request on a new connection fails while nginx reloads`() async throws {
        try await run { live, load in
            let report = try await load.run(.newConnections) { for _ in 1...20 { try await live.reload { _ in } } }
            #expect(report.failures == 0)
            #expect(report.requests > 100)
        }
    }

    private func run(_ body: (LiveFixture, LoadGenerator) async throws -> Void) async throws {
        try await LiveFixture.run(Fixture(name: "backend-endpoints")) { live in
            #expect(live.served.settings.hasSocketPerWorker)
            let load = LoadGenerator(
                to: "shop.example",
                at: live.client.address,
                httpPort: Int(LivePorts.http),
                httpsPort: Int(LivePorts.https)
            )
            try await body(live, load)
        }
    }

    /// How many sockets a process has.
    private func sockets(of process: Int32) throws -> Int {
        let folder = "/proc/\(process)/fd"
        return try FileManager.default.contentsOfDirectory(atPath: folder).count { name in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)"))?.hasPrefix("socket:")
                ?? false
        }
    }
}
