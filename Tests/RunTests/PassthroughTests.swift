import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// TLS that is passed on, as the controller takes it live.
@Suite(.timeLimit(.minutes(20)))
struct PassthroughTests {
    private static let options = ["--enable-ssl-passthrough", "--worker-shutdown-timeout", "10m"]

    @Test func `a hundred swaps break no connection that is passed on`() async throws {
        try await PassthroughSite.use { passing in
            let site = passing.site
            try site.write(Manifest.ingress("a", to: "/v0"), to: "a.yaml")
            _ = try await site.run(Self.options) { _ in
                try await site.awaitAnswer("302 /v0", of: "a.example")
                try await passing.await(isPassed: true)
                let report = try await passing.whileRunning(PassthroughSite.holding, "20") {
                    for number in 1...100 {
                        try site.write(Manifest.ingress("a", to: "/v\(number)"), to: "a.yaml")
                        try await site.awaitAnswer("302 /v\(number)", of: "a.example")
                    }
                }
                #expect(report.hasPrefix("broken 0 exchanges True"), "\(report)")
            }
        }
    }

    @Test func `no connection is lost while a host is passed on at times`() async throws {
        try await PassthroughSite.use { passing in
            let site = passing.site
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run(Self.options) { _ in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await passing.await(isPassed: true)
                let report = try await passing.whileRunning(PassthroughSite.asking) {
                    for round in 1...12 {
                        try passing.writeManifests(isPassed: round.isMultiple(of: 2))
                        try await passing.await(isPassed: round.isMultiple(of: 2))
                    }
                }
                #expect(report.hasPrefix("lost 0 answered True"), "\(report)")
            }
        }
    }

    @Test func `only nginx gets to its sockets, and what a killed one leaves is in nobody's way`() async throws {
        try await PassthroughSite.use { passing in
            let site = passing.site
            _ = try await site.run(Self.options) { _ in
                try await passing.await(isPassed: true)
                let sockets = "\(site.state)/sockets"
                #expect(FileManager.default.fileExists(atPath: "\(sockets)/https.sock"))
                let attributes = try FileManager.default.attributesOfItem(atPath: sockets)
                let mode = try #require(attributes[.posixPermissions] as? Int)
                #expect(mode & 0o007 == 0)
                let (master, workers) = (site.master, site.workers)
                for process in [master] + workers { kill(process, SIGKILL) }
                try await eventually("another nginx runs") { site.master != 0 && site.master != master }
                try await passing.await(isPassed: true)
            }
        }
    }

    @Test func `a state folder whose sockets would have paths too long is refused at the start`() async throws {
        let folder = "/tmp/" + String(repeating: "x", count: 85)
        let outcome = try await Tool(built: "postern").run([
            "run", "--once", "--supervise", "--source", "/tmp", "--state-dir", folder, "--enable-ssl-passthrough",
        ])
        #expect(!outcome.succeeded && outcome.errors.contains("a Unix socket's path has at most 107 bytes"))
        #expect(outcome.errors.contains("--state-dir") && !FileManager.default.fileExists(atPath: folder))
    }
}
