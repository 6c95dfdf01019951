import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// A supervised nginx comes to harm.
@Suite(.timeLimit(.minutes(10)))
struct NginxDeathTests {
    @Test func `a master that is killed is replaced, and its workers are ended`() async throws {
        try await Self.serving { site, _ in
            let (master, workers) = (site.master, site.workers)
            #expect(!workers.isEmpty)
            kill(master, SIGKILL)
            try await Self.awaitMaster(of: site, otherThan: master)
            try await site.awaitAnswer("302 /v1", of: "a.example")
            try await eventually("its workers are gone") { !workers.contains(where: isAlive) }
            try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
            try await site.awaitAnswer("302 /v2", of: "a.example")
        }
    }

    @Test func `a master that is killed again and again is started later each time, but always again`() async throws {
        try await Self.serving { site, postern in
            // Each wait is twice as long as the one before, and so becomes longer than a busy machine takes to start.
            try await eventually("a start is put off", within: .seconds(300)) {
                let master = site.master
                kill(master, SIGKILL)
                try await Self.awaitMaster(of: site, otherThan: master)
                try await site.awaitAnswer("302 /v1", of: "a.example")
                return postern.log.contains("the next start is in ")
            }
        }
    }

    @Test func `Postern that is ended right after the master was killed leaves no worker`() async throws {
        try await Self.serving { site, postern in
            let workers = site.workers
            #expect(!workers.isEmpty)
            kill(site.master, SIGKILL)
            postern.send(SIGTERM)
            try await postern.awaitEnd()
            #expect(!workers.contains(where: isAlive))
            await #expect(throws: (any Error).self) { try await site.ask("a.example") }
        }
    }

    @Test func `a worker that is killed is nginx's own affair`() async throws {
        try await Self.serving { site, _ in
            let (master, workers) = (site.master, site.workers)
            for worker in workers { kill(worker, SIGKILL) }
            try await eventually("nginx starts others") {
                site.workers.count == workers.count && site.workers.isDisjoint(with: workers)
            }
            try await site.awaitAnswer("302 /v1", of: "a.example")
            #expect(site.master == master && site.status?.swaps.count == 1)
        }
    }

    @Test func `a port that nginx cannot have leaves the old generation, until the port is free`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run { _ in try await site.awaitAnswer("302 /v1", of: "a.example") }
            let before = site.generation(at: "current")
            var moved = site
            moved.httpPort = try ClaimedPort.next()
            let holder = try PortHolder(moved.httpPort)
            defer { holder.release() }
            let words = "nginx refuses to reload: bind() to 0.0.0.0:\(moved.httpPort) failed"
            _ = try await moved.run { [moved] postern in
                let answers = try await site.asking("a.example") {
                    try await postern.awaitLog(words)
                    try await eventually("it is told") { site.status?.error?.hasPrefix(words) == true }
                    try await eventually("the old one is current") { site.generation(at: "current") == before }
                    let status = try await site.postern("status", "--state-dir", site.state)
                    #expect(status.status == 1 && status.text.contains("failed    \(words)"), "\(status.text)")
                }
                #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
                holder.release()
                try await moved.awaitAnswer("302 /v1", of: "a.example")
                try await eventually("all is well") { site.status?.error == nil }
            }
        }
    }

    @Test func `an nginx that does not react in time serves the old generation on, and then the new`() async throws {
        try await Self.serving(["--reload-timeout", "1s"]) { site, postern in
            let (master, before) = (site.master, site.generation(at: "good"))
            do {
                kill(master, SIGSTOP)
                defer { kill(master, SIGCONT) }
                let answers = try await site.asking("a.example") {
                    try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
                    try await postern.awaitLog("nginx does not answer for the generation within 1")
                    // `current` leads to the new one for a while, with each attempt.
                    #expect(site.generation(at: "good") == before && site.status?.generation?.id == before)
                }
                #expect(Set(answers.keys) == ["302 /v1"], "\(answers)")
            }
            try await site.awaitAnswer("302 /v2", of: "a.example")
            try await eventually("all is well") { site.status?.error == nil && site.isWhole(at: "good") }
            #expect(site.master == master)
        }
    }

    /// Serves one host whose `/` leads to `/v1`.
    static func serving(
        _ options: [String] = [],
        body: (ControllerSite, ControllerProcess) async throws -> Void
    ) async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            _ = try await site.run(options) { postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                try await body(site, postern)
            }
        }
    }

    private static func awaitMaster(of site: ControllerSite, otherThan dead: Int32) async throws {
        try await eventually("another master runs") {
            site.master != dead && isAlive(site.master)
        }
    }
}
