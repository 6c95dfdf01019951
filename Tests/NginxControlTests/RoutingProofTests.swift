import Diagnostics
import Foundation
import NginxControl
import Testing

@Suite(.timeLimit(.minutes(10))) struct RoutingProofTests {
    @Test func `a route that nginx takes elsewhere is reported, with what must come of it and what does`() async throws
    {
        let manifests = Site.good(5) + [Poison.rewrite("moved")] + Site.good(9).suffix(4)
        let proof = try await Site(manifests: manifests, templates: Poison.forgottenRewrites()).prove()
        let finding = try #require(proof.failed.first)
        #expect(proof.failed.count == 1)
        #expect(finding.object?.description == "Ingress shop/moved")
        #expect(finding.position?.line == 1 + 5 * 12)
        #expect(finding.message.hasPrefix("GET http://moved.example/old must be passed to "))
        #expect(finding.message.contains(" as /new, but nginx has it passed to "))
        #expect(finding.message.contains(" as /old (and "))
    }

    @Test func `a bound on requests is kept, and told`() async throws {
        var site = Site(manifests: Site.good(20))
        site.bounds.requests = 100
        let proof = try await site.prove()
        #expect(proof.requestCount == 100)
        #expect(proof.findings.map(\.code) == ["proof-bounded"])
        #expect(proof.findings.first?.severity == .note)
    }

    @Test func `a bound on time is kept, and told`() async throws {
        var site = Site(manifests: Site.good(1_000))
        site.bounds.time = .zero
        let proof = try await site.prove()
        // As many as there is time for while nginx starts: far from as many as may be sent.
        #expect(proof.requestCount < site.bounds.requests)
        #expect(proof.findings.map(\.code) == ["proof-bounded"])
    }

    @Test func `without an echo nothing is proven`() async throws {
        await #expect(throws: ProofFailure.self) {
            try await Site(manifests: Site.good(1), templates: Poison.withoutEcho()).prove()
        }
    }
}
