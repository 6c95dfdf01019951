import Foundation
import TestSupport
import Testing

@testable import Commands

/// The table of codes says something of every finding, and of nothing else.
struct CodeExplanationTests {
    @Test func `the documentation has what the command prints`() throws {
        let file = PackageRoot.url.appending(path: "Documentation/findings.md")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try CodeExplanation.markdown.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == CodeExplanation.markdown)
    }

    @Test func `each code that a finding can have is explained once`() throws {
        let explained = CodeExplanation.all.map(\.code)
        #expect(Set(explained).count == explained.count)
        #expect(try SourceCodes().reported.subtracting(explained).sorted() == [])
    }

    @Test func `each code that is explained is one of the source`() throws {
        let words = try SourceCodes().words
        let unknown = CodeExplanation.all.map(\.code).filter { code in
            guard !words.contains(code) else { return false }
            let rests =
                SourceCodes.prefixes.filter(code.hasPrefix).map { String(code.dropFirst($0.count)) }
                + SourceCodes.suffixes.filter(code.hasSuffix).map { String(code.dropLast($0.count)) }
            return !rests.contains(where: words.contains)
        }
        #expect(unknown == [])
    }

    @Test func `each finding of the fixtures is explained`() throws {
        let folder = PackageRoot.url.appending(path: "Fixtures")
        var codes: Set<String> = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let file = folder.appending(path: "\(name)/expected/diagnostics.txt")
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            codes.formUnion(text.matches(of: /(?m)\[([a-z0-9-]+)\]$/).map { String($0.1) })
        }
        #expect(codes.count > 80)
        #expect(codes.filter { CodeExplanation.of($0) == nil }.sorted() == [])
    }

    @Test func `every text is whole sentences`() {
        for explanation in CodeExplanation.all {
            for text in [explanation.cause, explanation.effect, explanation.remedy] {
                #expect(text.count > 8 && !text.contains("\n") && !text.contains("  "), "\(explanation.code)")
                // An example at the end is a command as it is typed.
                #expect(text.hasSuffix(".") || text.hasSuffix(" -"), "\(explanation.code)")
            }
        }
    }

    @Test func `a code is explained, and an unknown one is refused with what was meant`() async throws {
        try await CommandLine.use { shell in
            let outcome = try await shell.run("check", "--explain", "path-taken")
            #expect(outcome.status == 0)
            #expect(outcome.text.hasPrefix("path-taken\n  Cause:   "))
            #expect(outcome.text.split(separator: "\n").count == 4)
            let wrong = try await shell.run("check", "--explain", "path-takn")
            #expect(wrong.status == 2)
            #expect(wrong.errors.contains("did you mean 'path-taken'?"))
            let all = try await shell.run("check", "--explain", "all", "--format", "json")
            let records = try JSONSerialization.jsonObject(with: Data(all.output)) as? [[String: String]]
            #expect(records?.count == CodeExplanation.all.count)
            let nothing = try await shell.run("check")
            #expect(nothing.status == 2)
        }
    }
}

/// The codes that stand in the source.
private struct SourceCodes {
    /// Literals where a finding takes its code.
    var reported: Set<String> = []
    /// Every literal that could be a code or a part of one.
    var words: Set<String> = []

    /// Beginnings that are put before a code.
    static let prefixes = ["annotation-", "class-parameter-", "configmap-key-", "template-"]
    /// Ends that are put behind a code.
    static let suffixes = ["-taken", "-not-covered"]

    init() throws {
        let root = PackageRoot.url.appending(path: "Sources")
        for module in try FileManager.default.contentsOfDirectory(atPath: root.path)
        where module != "Benchmark" && !module.hasSuffix("TestSupport") {
            let folder = root.appending(path: module)
            for case let file as String in FileManager.default.enumerator(atPath: folder.path) ?? .init()
            where file.hasSuffix(".swift") && !file.contains("/Codes/") {
                add(try String(contentsOf: folder.appending(path: file), encoding: .utf8), "\(module)/\(file)")
            }
        }
    }

    private mutating func add(_ text: String, _ file: String) {
        let code = text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
        words.formUnion(code.matches(of: /"([a-z0-9]+(?:-[a-z0-9]+)*)"/).map { String($0.1) })
        let place =
            #/
            (?:\.(?:error|warning|note),|everity,|code:|refuse\(|report\(|error\(|common:) \s*
            (?:code:\ |common:\ )? "([a-z0-9]+(?:-[a-z0-9]+)*)"
            /#
        for match in code.matches(of: place) {
            let code = String(match.1)
            if file.hasPrefix("Template/"), !code.hasPrefix("template-") {
                reported.insert("template-\(code)")
            } else if file.contains("Settings/Reading/SettingSource+") || file.contains("AnnotationGate") {
                reported.insert("annotation-\(code)")
            } else {
                reported.insert(code)
            }
        }
    }
}
