import Diagnostics
import Foundation
import NginxSyntax
import Template
import Testing

/// Each folder of `Wrong/` holds templates with mistakes, and the messages that they must lead to.
///
/// `UPDATE_GOLDEN=1` rewrites the messages, and fails.
struct WrongTemplateTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Wrong")

    static let cases: [String] = {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return entries.filter { !$0.hasPrefix(".") }.sorted()
    }()

    @Test func `there are wrong templates to test`() {
        #expect(Self.cases.count >= 40)
    }

    @Test(arguments: cases)
    func `a wrong template is refused where and as expected`(_ name: String) throws {
        let folder = Self.folder.appending(path: name)
        let messages = try Self.messages(in: folder)
        let file = folder.appending(path: "expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try messages.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded \(name)")
        }
        #expect(messages != "", "the templates are accepted")
        let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(messages == expected)
    }

    private static func messages(in folder: URL) throws -> String {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        let sources = try files.filter { $0.hasSuffix(".tmpl") }.sorted().map { file in
            let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            return TemplateSource(name: String(file.dropLast(5)), file: file, text: text)
        }
        let library = TemplateLibrary(sources, contexts: [Main.self])
        var diagnostics: [Diagnostic] = []
        let isAccepted = check(library, sources.map(\.name), &diagnostics)
        #expect(!isAccepted)
        return diagnostics.map(line).joined()
    }

    /// Loads the outermost of the templates for the block that it is named after.
    private static func check(_ library: TemplateLibrary, _ names: [String], _ diagnostics: inout [Diagnostic]) -> Bool
    {
        if names.contains("main") {
            library.template("main", for: Main.self, in: .main, diagnostics: &diagnostics) != nil
        } else if names.contains("http") {
            library.template("http", for: Main.self, in: .http, diagnostics: &diagnostics) != nil
        } else if names.contains("server") {
            library.template("server", for: Server.self, in: .server, diagnostics: &diagnostics) != nil
        } else {
            library.template("location", for: Location.self, in: .location, diagnostics: &diagnostics) != nil
        }
    }

    private static func line(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.position.map { "\($0): " } ?? ""
        let hint = diagnostic.hint.map { "    \($0)\n" } ?? ""
        return "\(place)\(diagnostic.severity.rawValue): \(diagnostic.message) [\(diagnostic.code)]\n\(hint)"
    }
}
