import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Postern ends or crashes, and comes back.
@Suite(.timeLimit(.minutes(10)))
struct ReturnTests {
    @Test func `after a crash nginx serves on, and the next Postern takes it up without a reload`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let first = try await site.run { _ in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
            }
            #expect(first.status == .killed(SIGKILL))
            let (master, workers) = (site.master, site.workers)
            let answers = try await site.asking("a.example") {
                _ = try await site.run { postern in
                    try await eventually("it has reconciled") {
                        site.status?.processIdentifier == postern.processIdentifier
                    }
                }
            }
            #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
            #expect(site.master == master && site.workers == workers && !workers.isEmpty)
            #expect(site.status?.swaps.count == 1)
        }
    }

    @Test func `when both have died, the last good generation serves before the source is read`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { _ in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
            }
            for process in site.workers.union([site.master]) { kill(process, SIGKILL) }
            // There is nothing to read any more.
            try FileManager.default.removeItem(atPath: site.manifests)
            let end = try await site.runToEnd()
            #expect(end.status == .exited(2))
            #expect(try await site.ask("a.example") == "302 /v1")
        }
    }

    @Test func `told to end, it has nginx finish what is under way, and exits with 0`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let end = try await site.run(["--stop-timeout", "20s"]) { postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await Self.half(of: site) { connection in
                    postern.send(SIGTERM)
                    try await Self.awaitRefusal(of: site)
                    #expect(isAlive(site.master) && isAlive(postern.processIdentifier))
                    try await connection.write(Array("Host: a.example\r\n\r\n".utf8))
                    #expect(try await connection.readHead().hasPrefix("HTTP/1.1 302 "))
                }
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0))
            #expect(!isAlive(site.master))
        }
    }

    @Test func `told to end, it waits no longer than it may for a request that never ends`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            let end = try await site.run(["--stop-timeout", "500ms"]) { postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                let processes = site.workers.union([site.master])
                try await Self.half(of: site) { _ in
                    postern.send(SIGTERM)
                    try await postern.awaitEnd()
                    try await eventually("nginx is gone") { !processes.contains(where: isAlive) }
                }
            }
            #expect(end.status == .exited(0))
        }
    }

    /// Sends the first half of a request, and does something before the other.
    private static func half(of site: ControllerSite, body: (RawConnection) async throws -> Void) async throws {
        try await RawConnection.use(to: "127.0.0.1", port: site.httpPort) { connection in
            try await connection.write(Array("GET / HTTP/1.1\r\n".utf8))
            // An answer on a later connection: some worker has taken the earlier one.
            _ = try await site.ask("a.example")
            try await body(connection)
        }
    }

    private static func awaitRefusal(of site: ControllerSite) async throws {
        try await eventually("nobody takes connections any more") {
            do { _ = try await site.ask("a.example") } catch { return true }
            return false
        }
    }
}
