import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// What `postern run` makes of the signals that operators send to it, or to nginx.
@Suite(.timeLimit(.minutes(10)))
struct SignalTests {
    private static func use(_ body: (ControllerSite, ControllerProcess) async throws -> Void) async throws
        -> ControllerProcess.End
    {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a"), to: "a.yaml")
            return try await site.run { postern in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                try await body(site, postern)
            }
        }
    }

    @Test func `HUP has it look for changes, and reloads nothing where there are none`() async throws {
        let end = try await Self.use { site, postern in
            let (workers, updated) = (site.workers, try Self.updated(in: site))
            try await eventually("it has looked") {
                postern.send(SIGHUP)
                return try Self.updated(in: site) != updated
            }
            #expect(site.workers == workers && !workers.isEmpty)
            #expect(site.status?.swaps.count == 1)
            try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
            try await site.awaitAnswer("302 /v2", of: "a.example")
        }
        #expect(end.status == .killed(SIGKILL), "\(end.log)")
        #expect(end.log.contains("SIGHUP: looks for what has changed"))
    }

    @Test func `USR2 is for nginx alone, and both serve on`() async throws {
        let end = try await Self.use { site, postern in
            postern.send(SIGUSR2)
            try await postern.awaitLog("SIGUSR2 means nothing to Postern")
            try site.write(Manifest.ingress("a", to: "/v2"), to: "a.yaml")
            try await site.awaitAnswer("302 /v2", of: "a.example")
        }
        #expect(end.status == .killed(SIGKILL), "\(end.log)")
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGQUIT])
    func `it ends with its nginx`(_ signal: Int32) async throws {
        var master: Int32?
        let end = try await Self.use { site, postern in
            master = site.master
            postern.send(signal)
            try await postern.awaitEnd()
        }
        #expect(end.status == .exited(0), "\(end.log)")
        #expect(!isAlive(try #require(master)))
    }

    /// When the status was last written.
    private static func updated(in site: ControllerSite) throws -> String {
        struct Status: Decodable { var updated: String }
        return try JSONDecoder().decode(Status.self, from: Data(site.stateText("status.json").utf8)).updated
    }
}
