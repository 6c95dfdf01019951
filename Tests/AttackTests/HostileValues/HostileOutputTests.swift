import ControllerTestSupport
import CurlTestSupport
import Foundation
import TestSupport
import Testing

/// The output of the program for hostile manifests, read back as a terminal, a log and other programs do.
@Suite(.timeLimit(.minutes(30))) struct HostileOutputTests {
    /// A folder's files: names of attacks among them, each with one hostile object.
    private static func files(_ count: Int) -> [(name: String, text: String)] {
        let names = [
            "::error title=x::a", "a\u{1B}[31m", "b\n::error::c", "d ##[error]", "e\u{202E}", "f%0A::x::", "g",
        ]
        return HostileValueTests.attacks(count: count, whole: 8 * count, seed: 3).enumerated().map { number, attack in
            ("\(names[number % names.count])\(number).json", attack.0.object(with: attack.1))
        }
    }

    @Test func `terminal, JSON and differences hold no line and no character that was smuggled in`() async throws {
        let files = Self.files(150)
        try await TemporaryFolder.use { folder in
            for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
            let program = try Tool(built: "postern")
            for arguments in [
                ["check", "."], ["check", "--verbose", "."], ["check", "--as", "folder", "."],
                ["diff", "/dev/null", "."],
                ["check", "--verbose", "--format", "json", "."],
            ] {
                let outcome = try await program.run(arguments, in: folder)
                #expect(outcome.status == 1, "\(arguments)")
                let lines = (outcome.text + outcome.errors).split(separator: "\n")
                #expect(lines.count > 100, "\(arguments)")
                for line in lines where !line.isPrinted { Issue.record("\(arguments): \(line.debugDescription)") }
                guard arguments.starts(with: ["check"]), !arguments.contains("json") else { continue }
                for line in outcome.text.split(separator: "\n") where !line.isFindingOrTally {
                    Issue.record("\(arguments): \(line.debugDescription) is no finding")
                }
            }
            let json = try await program.run(["check", "--verbose", "--format", "json", "."], in: folder)
            #expect((try? JSONSerialization.jsonObject(with: Data(json.output))) != nil)
        }
    }

    @Test func `log, status and metrics hold no line and no character that was smuggled in`() async throws {
        let files = Self.files(40)
        try await ControllerSite.use { site in
            for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(site.manifests)/\(name)")) }
            let end = try await site.run(["--healthz-port", "\(site.healthPort)"]) { process in
                try await process.awaitLog(" serves: read ")
                let client = CurlClient(address: "127.0.0.1", httpPort: Int(site.healthPort))
                let metrics = try await client.send("GET http://127.0.0.1/metrics").text
                for line in metrics.split(separator: "\n") {
                    #expect(
                        line.isPrinted
                            && (line.hasPrefix("# ") || line.hasPrefix("postern_") || line.hasPrefix("process_"))
                    )
                }
                #expect(!metrics.contains("forged"))
                let text = try await site.postern("status", "--state-dir", site.state)
                for line in text.text.split(separator: "\n") { #expect(line.isPrinted, "\(line.debugDescription)") }
                let json = try await site.postern("status", "--state-dir", site.state, "--format", "json")
                for line in json.text.split(separator: "\n") { #expect(line.isPrinted, "\(line.debugDescription)") }
                #expect((try? JSONSerialization.jsonObject(with: Data(json.output))) != nil)
            }
            let lines = end.log.split(separator: "\n")
            #expect(lines.count > 20)
            for line in lines
            where line.wholeMatch(of: /[0-9T:+-]+ [a-z]+ postern ?: \[\w+\] .*/) == nil || !line.isPrinted {
                Issue.record("\(line.debugDescription) is no line of the log")
            }
            #expect(
                !lines.contains { $0.prefixMatch(of: /[0-9T:+-]+ [a-z]+ postern ?: \[run\] generation forged/) != nil }
            )
        }
    }
}

extension Substring {
    /// Whether it is one of the lines that `check` writes: a finding with or without its place, or its hint.
    fileprivate var isFindingOrTally: Bool {
        hasPrefix("    hint: ") || self == "annotations without effect:" || wholeMatch(of: /\s+\d+\s\s\S+/) != nil
            || wholeMatch(of: /(.+:\d+:\d+: |[A-Z]\w+ \S+( \S+)?: )?(error|warning|note): .* \[[a-z0-9-]+\]/) != nil
    }
}
