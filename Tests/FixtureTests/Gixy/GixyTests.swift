import Commands
import Foundation
import NginxRendering
import TestSupport
import Testing

/// Weaknesses that gixy, which knows many of nginx's configurations, finds in what is rendered.
@Suite(.timeLimit(.minutes(10))) struct GixyTests {
    @Test func `gixy finds nothing in any fixture that is not explained, and each explanation is needed`() async throws
    {
        var findings: [GixyFinding] = []
        try await TemporaryFolder.use { folder in
            var files: [String] = []
            for fixture in Fixture.all {
                let file = folder.appending(path: "\(fixture.name).conf")
                let text = try await fixture.translated().generation.configurationText
                try Data(text.inWordsOfGixy.utf8).write(to: file)
                files.append(path(of: file))
            }
            findings = try await Gixy.findings(in: files)
        }
        let unexplained = findings.filter { finding in !ExplainedFinding.all.contains { $0.explains(finding) } }
        for finding in unexplained { Issue.record("\(finding)") }
        for explanation in ExplainedFinding.all where !findings.contains(where: explanation.explains) {
            Issue.record("nothing needs the explanation of \(explanation.check) in '\(explanation.part)'")
        }
    }
}

extension String {
    /// Without what gixy cannot read: greedy quantifiers in place of possessive ones, which match less at most, and groups
    /// that mind the case of letters.
    fileprivate var inWordsOfGixy: String {
        replacing(#/([*+?])\+/#) { "\($0.1)" }.replacing("(?-i:", with: "(?:")
    }
}
