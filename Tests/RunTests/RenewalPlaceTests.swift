import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Certificates that are renewed in place, by Postern and nginx of other users than root, and of others than Postern's.
@Suite(.timeLimit(.minutes(10)))
struct RenewalPlaceTests {
    private static let options = ["--certificates", "live"]

    @Test func `an nginx that somebody else starts shows renewed certificates`() async throws {
        let first = try await TestSecret(for: "a.example")
        try await ControllerSite.use { site in
            var site = site
            let file = "\(site.folder)/external.pid"
            site.ownership = .external(processIDFile: file)
            try site.writeHosts(first)
            _ = try await site.run(Self.options) { postern in
                try await postern.awaitLog("is ready; no nginx runs")
                try await site.runExternalNginx { master in
                    try await site.awaitCertificate(first, of: "a.example")
                    try await eventually("it is remembered as good") { site.generation(at: "good") != nil }
                    try await Self.renew(on: site) { site.children(of: master) }
                }
            }
        }
    }

    @Test func `without root keys are their owner's alone, and renewed certificates are shown`() async throws {
        let first = try await TestSecret(for: "a.example")
        try await ControllerSite.use { site in
            var site = site
            try site.writeHosts(first)
            try await site.giveAway()
            _ = try await site.run(Self.options) { postern in
                try await site.awaitCertificate(first, of: "a.example")
                try await eventually("it is settled") { site.status?.generation != nil }
                let last = try await Self.renew(on: site) { site.workers }
                let keys = site.files(holding: last.traces)
                #expect(!keys.isEmpty && keys.allSatisfy { $0.mode & 0o077 == 0 }, "\(keys)")
                let owner = try FileManager.default.attributesOfItem(atPath: site.state)[.ownerAccountID]
                #expect((owner as? NSNumber)?.intValue != 0)
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
        }
    }

    /// Renews a certificate some times while clients come, and returns the last one.
    @discardableResult
    private static func renew(
        on site: ControllerSite,
        workers: () -> Set<Int32>
    ) async throws -> TestSecret {
        let (before, generation) = (workers(), site.generation(at: "current"))
        var last = try await TestSecret(for: "a.example")
        let answers = try await site.shakingHands {
            for _ in 0..<3 {
                last = try await TestSecret(for: "a.example")
                try site.writeHosts(last)
                try await site.awaitCertificate(last, of: "a.example")
            }
        }
        #expect(Set(answers.keys) == ["302"], "\(answers)")
        #expect(workers() == before && !before.isEmpty && site.generation(at: "current") == generation)
        return last
    }
}
