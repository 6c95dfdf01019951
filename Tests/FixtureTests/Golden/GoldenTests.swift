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

    @Test func `what three fixtures have in common beside their Ingresses is a link to one file`() throws {
        var copies: [Data: [String]] = [:]
        for fixture in Fixture.all {
            let folder = fixture.folder.appending(path: "input")
            for name in try FileManager.default.contentsOfDirectory(atPath: path(of: folder)) {
                let file = folder.appending(path: name)
                let isLink = try file.resourceValues(forKeys: [.isSymbolicLinkKey]).isSymbolicLink ?? false
                if name == "ingress.yaml" || isLink { continue }
                copies[try Data(contentsOf: file), default: []].append("\(fixture.name)/input/\(name)")
            }
        }
        for files in copies.values where files.count >= 3 {
            Issue.record("link to one file in Fixtures/shared: \(files.sorted().joined(separator: ", "))")
        }
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
        let pipeline = try await fixture.needsNewerNginx ? fixture.livePipeline : fixture.pipeline
        let (isTaken, output) = try await pipeline.run(fixture.input).generation.tested()
        #expect(isTaken, "\(output)")
        #expect(!output.contains("[warn]") && !output.contains("[emerg]"), "\(output)")
    }
}
