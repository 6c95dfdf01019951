import Commands
import Foundation
import NginxRendering
import NginxTestSupport
import TestSupport
import Testing

/// `UPDATE_GOLDEN=1` rewrites what is expected, and fails, so that nothing passes while it records.
@Suite(.timeLimit(.minutes(10))) struct GoldenTests {
    private static let isRecording = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

    @Test func `there are fixtures`() {
        #expect(Fixture.all.count > 200)
    }

    @Test(arguments: Fixture.all)
    func `a fixture comes to the files and findings that are expected`(fixture: Fixture) async throws {
        let baseline = fixture == .baseline ? nil : try await Fixture.baseline.translated().generation.configurationText
        let actual = ExpectedFiles(try await fixture.translated(), besides: baseline)
        let expected = try ExpectedFiles(in: fixture.expected)
        if Self.isRecording {
            if actual != expected { try actual.write(to: fixture.expected) }
            Issue.record("recording; run again without UPDATE_GOLDEN")
            return
        }
        let difference = expected.difference(to: actual)
        #expect(difference.isEmpty, "\n\(difference)")
    }

    @Test(.disabled(if: isRecording), arguments: Fixture.all)
    func `a real nginx takes what is expected without a warning`(fixture: Fixture) async throws {
        let generation = try await fixture.translated().generation
        try await NginxSlots.shared.use {
            try await TemporaryFolder.use { folder in
                try GenerationWriter.write(generation, to: path(of: folder))
                try Data(MachineText(generation.configurationText).text.utf8).write(
                    to: folder.appending(path: "nginx.conf")
                )
                let (isTaken, output) = try await nginxTest(folder)
                #expect(isTaken, "\(output)")
                #expect(!output.contains("[warn]") && !output.contains("[emerg]"), "\(output)")
            }
        }
    }
}
