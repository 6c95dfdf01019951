import ControllerTestSupport
import Foundation
import NginxControl
import TestSupport
import Testing

/// Certificates that are renewed while nginx reads them when clients come.
@Suite(.timeLimit(.minutes(10)))
struct RenewalTests {
    // So does any nginx; one before 1.27.4 keeps none in memory.
    private static let options = ["--certificates", "live"]

    @Test func `renewed certificates serve without a reload, and no handshake fails`() async throws {
        let first = try await TestSecret(for: "a.example")
        try await ControllerSite.use { site in
            try site.writeHosts(first)
            let end = try await site.run(Self.options) { postern in
                try await site.awaitCertificate(first, of: "a.example")
                try await eventually("it is settled") { site.status?.generation != nil }
                let (workers, generation) = (site.workers, site.generation(at: "current"))
                var before = first
                let answers = try await site.shakingHands {
                    for _ in 0..<10 {
                        let renewed = try await TestSecret(for: "a.example")
                        try site.writeHosts(renewed)
                        try await site.awaitCertificate(renewed, of: "a.example")
                        before = renewed
                    }
                }
                #expect(Set(answers.keys) == ["302"], "\(answers)")
                #expect(site.workers == workers && site.generation(at: "current") == generation)
                try await eventually("each is told") { site.status?.swaps.count == 11 }
                #expect(site.status?.swaps.map(\.result) == Array(repeating: "replaced", count: 10) + ["settled"])
                let keys = site.files(holding: before.traces)
                #expect(!keys.isEmpty && keys.allSatisfy { $0.mode & 0o7777 == 0o640 }, "\(keys)")
                #expect(site.files(holding: first.traces).isEmpty)
                // With the next generation the key goes that was renewed last.
                try site.writeHosts(before, to: "/v2")
                try await site.awaitAnswer("302 /v2", of: "a.example")
                try await eventually("one is left of each") { Self.contents(of: site).count == 2 }
                try await site.awaitCertificate(before, of: "a.example")
                let diff = try await Tool(built: "postern").run(
                    ["diff", "--state-dir", site.state] + site.ports + [site.manifests]
                )
                #expect(diff.status == 0 && diff.text.isEmpty, "\(diff.text)\(diff.errors)")
                postern.send(SIGTERM)
                try await postern.awaitEnd()
            }
            #expect(end.log.contains("replaced without a reload: tls/shop.a.pem: "))
        }
    }

    @Test(arguments: [SwapPoint.proven, .replacing, .replaced])
    func `wherever Postern dies while it renews a certificate, certificate and key fit, and the next run goes on`(
        at point: SwapPoint
    ) async throws {
        let (old, new) = (try await TestSecret(for: "a.example"), try await TestSecret(for: "a.example"))
        try await ControllerSite.use { site in
            try site.writeHosts(old)
            _ = try await site.run(Self.options) { _ in
                try await site.awaitCertificate(old, of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
            }
            let (workers, generation) = (site.workers, site.generation(at: "current"))
            let answers = try await site.shakingHands {
                let end = try await site.run(Self.options + ["--kill-at", point.rawValue]) { postern in
                    try site.writeHosts(new)
                    try await postern.awaitEnd()
                }
                #expect(end.status == .killed(SIGKILL), "\(end.log)")
                _ = try await site.run(Self.options) { postern in
                    try await site.awaitCertificate(new, of: "a.example")
                    try await eventually("it has looked") {
                        site.status?.processIdentifier == postern.processIdentifier
                    }
                }
            }
            #expect(Set(answers.keys) == ["302"], "\(answers)")
            #expect(site.workers == workers && site.generation(at: "current") == generation)
        }
    }

    @Test(arguments: SwapPoint.ofAnyNginx)
    func `a certificate that is renewed together with routes is right wherever Postern dies`(
        at point: SwapPoint
    ) async throws {
        let (old, new) = (try await TestSecret(for: "a.example"), try await TestSecret(for: "a.example"))
        try await ControllerSite.use { site in
            try site.writeHosts(old)
            _ = try await site.run(Self.options) { _ in
                try await site.awaitCertificate(old, of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
            }
            let answers = try await site.shakingHands {
                let end = try await site.run(Self.options + ["--kill-at", point.rawValue]) { postern in
                    try site.writeHosts(new, to: "/v2")
                    try await postern.awaitEnd()
                }
                #expect(end.status == .killed(SIGKILL), "\(end.log)")
                _ = try await site.run(Self.options) { _ in
                    try await site.awaitAnswer("302 /v2", of: "a.example")
                    try await site.awaitCertificate(new, of: "a.example")
                }
            }
            #expect(Set(answers.keys) == ["302"], "\(answers)")
        }
    }

    @Test func `nginx goes on when it is told to read certificates otherwise`() async throws {
        let (old, new) = (try await TestSecret(for: "a.example"), try await TestSecret(for: "a.example"))
        try await ControllerSite.use { site in
            try site.writeHosts(old)
            _ = try await site.run(["--certificates", "reload"]) { _ in
                try await site.awaitCertificate(old, of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
            }
            let answers = try await site.shakingHands {
                for (options, secret) in [(Self.options, new), (["--certificates", "reload"], old)] {
                    _ = try await site.run(options) { postern in
                        try site.writeHosts(secret)
                        try await site.awaitCertificate(secret, of: "a.example")
                        try await eventually("it is told") {
                            site.status?.processIdentifier == postern.processIdentifier
                                && site.status?.swaps.first?.result == "settled"
                                && site.generation(at: "good") == site.liveGeneration
                        }
                    }
                }
            }
            #expect(Set(answers.keys) == ["302"], "\(answers)")
        }
    }

    /// The names of certificates on disk, of Postern itself and of the Secret.
    private static func contents(of site: ControllerSite) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(site.state)/live/content")) ?? []
    }
}
