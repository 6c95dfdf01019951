import Commands
import Foundation
import NginxRendering
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// What `make newer` runs and `make test` leaves out: without a newer nginx each of these fails.
@Suite(.timeLimit(.minutes(10))) struct NewerNginxTests {
    @Test func `it is newer`() async throws {
        #expect(try await #require(NewerNginx.capabilities).version > NginxVersion(1, 26, 0))
    }

    @Test(arguments: Fixture.all)
    func `it takes what is rendered for it without a warning`(fixture: Fixture) async throws {
        let program = try #require(NewerNginx.program, "no newer nginx is named; run `make newer`")
        try await expectTaken(try await fixture.livePipeline.run(fixture.input).generation, by: program)
    }

    @Test(arguments: Fixture.all)
    func `it takes names in place of endpoints`(fixture: Fixture) async throws {
        let program = try #require(NewerNginx.program, "no newer nginx is named; run `make newer`")
        let others = try fixture.arguments.filter { !$0.hasPrefix("--endpoints=") }
        let pipeline = try await FixturePipelines.shared.pipeline(
            for: others + ["--endpoints=dns"],
            on: NewerNginx.capabilities
        )
        try await expectTaken(try pipeline.run(fixture.input).generation, by: program)
    }

    private func expectTaken(_ generation: Generation, by program: Tool) async throws {
        let (isTaken, output) = try await generation.tested(by: program)
        #expect(isTaken, "\(output)")
        #expect(!output.contains("[warn]") && !output.contains("[emerg]"), "\(output)")
    }

    @Test(arguments: Fixture.all)
    func `it takes it likewise where certificates are read when clients come`(fixture: Fixture) async throws {
        let program = try #require(NewerNginx.program, "no newer nginx is named; run `make newer`")
        let pipeline = try await fixture.livePipeline
        var configuration = try pipeline.run(fixture.input).configuration
        configuration.process.liveCertificates = LiveCertificates(in: try #require(FilePath("/nowhere")))
        let (isTaken, output) = try await pipeline.renderer.render(configuration).tested(by: program)
        #expect(isTaken && !output.contains("[warn]"), "\(output)")
    }
}
