import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Clients of the port for health and metrics who are up to no good.
@Suite(.timeLimit(.minutes(10))) struct HealthPortTests {
    @Test func `idle connections take no more than their share of few descriptors`() async throws {
        try await Self.serving(openFiles: 256) { site, postern in
            let clients = try IdleClients(300, to: site.healthPort)
            try await Self.expectService(of: site, changingTo: "/v2")
            // Others come without end, each in the place of an older one.
            for _ in 0..<Attack.count(5, whole: 200) {
                _ = try IdleClients(100, to: site.healthPort)
                #expect(try await site.askHealth("/healthz").hasPrefix("HTTP/1.1 200 "))
            }
            try await eventually("no idle connection is left") { clients.ended == 300 }
            try await Self.expectService(of: site, changingTo: "/v3")
            #expect(kill(postern.processIdentifier, 0) == 0)
        }
    }

    @Test func `where descriptors run out a probe is answered all the same, and nothing ends`() async throws {
        try await Self.serving(openFiles: 56) { site, postern in
            let before = try postern.processorTime
            let clients = try IdleClients(300, to: site.healthPort)
            for _ in 0..<Attack.count(3, whole: 30) {
                #expect(try await site.askHealth("/healthz").hasPrefix("HTTP/1.1 200 "))
            }
            try await eventually("no idle connection is left") { clients.ended == 300 }
            #expect(try postern.processorTime - before < .seconds(5))
            try await Self.expectService(of: site, changingTo: "/v2")
        }
    }

    @Test func `a request line costs no more time for being long`() async throws {
        try await Self.serving { site, postern in
            let before = try postern.processorTime
            let line = Array("GET /".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
            for _ in 0..<Attack.count(20, whole: 500) {
                try await RawConnection.use(to: "127.0.0.1", port: site.healthPort) { connection in
                    // Whether the end of it is still taken does not matter.
                    try? await connection.write(line)
                    _ = try await connection.readToEnd()
                }
            }
            #expect(try postern.processorTime - before < .seconds(Attack.count(5, whole: 60)))
        }
    }

    /// CVE-2026-24514: a webhook kept all of a body before it looked at it, whoever had sent it, until memory ran out.
    @Test func `bodies of any size take no memory, whatever they are said to be`() async throws {
        try await Self.serving { site, postern in
            let before = try postern.peakMemory
            let length = 64 << 20
            let part = [UInt8](repeating: UInt8(ascii: " "), count: 1 << 20)
            for (path, framing) in [
                ("/networking/v1/ingresses", "Content-Length: \(length)"), ("/metrics", "Transfer-Encoding: chunked"),
                ("/healthz", "Content-Length: \(length)\r\nExpect: 100-continue"),
            ] {
                let head = "POST \(path) HTTP/1.1\r\nContent-Type: application/json\r\n\(framing)\r\n\r\n"
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            try await RawConnection.use(to: "127.0.0.1", port: site.healthPort) { connection in
                                try await connection.write(Array(head.utf8))
                                // Who does not take all of it ends the connection.
                                do {
                                    for _ in 0..<length / part.count { try await connection.write(part) }
                                } catch {}
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            // Of 1.5 GiB.
            #expect(try postern.peakMemory - before < 16 << 20)
            try await Self.expectService(of: site, changingTo: "/v2")
        }
    }

    @Test func `lines without end keep no change and no probe waiting`() async throws {
        try await Self.serving { site, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 { group.addTask { await Self.writeWithoutEnd(to: site.healthPort) } }
                for round in 0..<Attack.count(3, whole: 50) {
                    try await Self.expectService(of: site, changingTo: "/round-\(round)")
                }
                group.cancelAll()
            }
        }
    }

    @Test func `clients who ask for metrics and do not read them keep nobody waiting`() async throws {
        try await Self.serving { site, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        try await RawConnection.use(to: "127.0.0.1", port: site.healthPort) { connection in
                            try? await connection.write(Array("GET /metrics HTTP/1.1\r\n\r\n".utf8))
                            try? await Task.sleep(for: .seconds(600))
                        }
                    }
                }
                try await Self.expectService(of: site, changingTo: "/v2")
                group.cancelAll()
            }
        }
    }

    /// Writes one line until it is refused, again and again.
    private static func writeWithoutEnd(to port: UInt16) async {
        let part = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
        while !Task.isCancelled {
            try? await RawConnection.use(to: "127.0.0.1", port: port) { connection in
                try await connection.write(Array("GET /".utf8))
                while !Task.isCancelled { try await connection.write(part) }
            }
        }
    }

    /// Expects that a change goes live, and that those who watch are answered as they wait for it: the kubelet for
    /// five seconds.
    private static func expectService(of site: ControllerSite, changingTo target: String) async throws {
        let start = ContinuousClock.now
        #expect(try await site.askHealth("/healthz").hasPrefix("HTTP/1.1 200 "))
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(try await site.askHealth("/metrics").contains("\npostern_nginx_up 1\n"))
        try site.write(HostManifest.redirecting(["a.example"], to: target), to: "a.yaml")
        try await site.awaitAnswer("302 \(target)", of: "a.example")
        #expect(try await site.askHealth("/readyz").hasPrefix("HTTP/1.1 200 "))
    }

    private static func serving(
        openFiles: Int? = nil,
        _ body: (ControllerSite, ControllerProcess) async throws -> Void
    ) async throws {
        try await ControllerSite.use { site in
            var site = site
            site.openFiles = openFiles
            try site.write(HostManifest.redirecting(["a.example"], to: "/v1"), to: "a.yaml")
            let end = try await site.run(["--healthz-port", "\(site.healthPort)"]) { postern in
                try await site.awaitAnswer("302 /v1", of: "a.example")
                try await body(site, postern)
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.status == .exited(0), "\(end.log)")
        }
    }
}

extension ControllerSite {
    /// The whole answer of the port for health, as one gets it who asks from another process.
    fileprivate func askHealth(_ path: String) async throws -> String {
        let url = "http://127.0.0.1:\(healthPort)\(path)"
        let outcome = try await Tool("curl").run(["--silent", "--show-error", "--include", "--max-time", "20", url])
        return outcome.succeeded ? outcome.text : outcome.errors
    }
}
