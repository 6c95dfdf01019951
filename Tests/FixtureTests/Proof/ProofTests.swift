import TestSupport
import Commands
import Controller
import Diagnostics
import NginxControl
import Testing

@Suite(.timeLimit(.minutes(10))) struct ProofTests {
    @Test(arguments: Fixture.all)
    func `a shadow nginx proves every fixture whole`(fixture: Fixture) async throws {
        let result = try await fixture.translated()
        let pipeline = try await fixture.livePipeline
        let nginx = try #require(NginxProgram())
        let prover = Prover(nginx, renderer: pipeline.renderer, bounds: ProofBounds(requests: 400))
        let proof = try await NginxSlots.shared.use { try await prover.prove(result.candidate(of: pipeline)) }
        #expect(proof.findings.filter { $0.severity != .note }.map(\.text) == [])
        #expect(proof.exclusions.isEmpty)
        #expect(proof.requestCount > 0)
    }
}
