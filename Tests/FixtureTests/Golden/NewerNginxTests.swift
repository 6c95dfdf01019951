import Commands
import Foundation
import NginxRendering
import NginxSyntax
import NginxTestSupport
import TestSupport
import Testing

/// An nginx newer than that of the machine, as `make newer` fetches it and names it.
private enum NewerNginx {
    static let program = ProcessInfo.processInfo.environment["POSTERN_NEWER_NGINX"].map(Tool.init(at:))

    static func capabilities() async throws -> NginxCapabilities {
        let outcome = try await #require(program).run(["-V"])
        return try #require(NginxCapabilities(versionOutput: outcome.errors), "\(outcome.errors)")
    }
}

/// Without a newer nginx there is nothing to test.
@Suite(.enabled(if: NewerNginx.program != nil), .timeLimit(.minutes(10))) struct NewerNginxTests {
    @Test func `it is newer`() async throws {
        #expect(try await NewerNginx.capabilities().version > NginxVersion(1, 26, 0))
    }

    @Test(arguments: Fixture.all)
    func `it takes what is rendered for it without a warning`(fixture: Fixture) async throws {
        let nginx = try await NewerNginx.capabilities()
        let pipeline = try await FixturePipelines.shared.pipeline(for: fixture.arguments, on: nginx)
        let generation = try pipeline.run(fixture.input).generation
        try await NginxSlots.shared.use {
            try await TemporaryFolder.use { folder in
                try GenerationWriter.write(generation, to: path(of: folder))
                try Data(MachineText(generation.configurationText).text.utf8).write(
                    to: folder.appending(path: "nginx.conf")
                )
                let (isTaken, output) = try await nginxTest(folder, by: NewerNginx.program)
                #expect(isTaken, "\(output)")
                #expect(!output.contains("[warn]") && !output.contains("[emerg]"), "\(output)")
            }
        }
    }
}
