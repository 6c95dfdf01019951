import Foundation
import TestSupport
import Testing

/// What `postern explain` and `postern diff` print in each of their formats, byte for byte.
struct CommandGoldenTests {
    private static let folder = PackageRoot.url.appending(path: "Tests/CommandsTests/Golden")
    private static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil

    private static let options = ["--nginx-version", "1.22.1", "--configmap", "ingress/nginx"]
    private static let sides = ["old.yaml", "new.yaml"]

    /// The commands, by the file of what they print.
    private static let commands: [(file: String, arguments: [String])] = [
        ("explain.txt", ["explain", "https://shop.example/cart/items?q=1", "new.yaml"]),
        ("explain.json", ["explain", "--format", "json", "https://shop.example/cart/items?q=1", "new.yaml"]),
        ("explain-line.txt", ["explain", "--line", "258", "new.yaml"]),
        ("explain-line.json", ["explain", "--line", "258", "--format", "json", "new.yaml"]),
        ("explain-unknown.txt", ["explain", "http://other.example/", "new.yaml"]),
        ("diff.txt", ["diff", "--traffic", "access.log"] + sides),
        ("diff.unified", ["diff", "--format", "unified"] + sides),
        ("diff.json", ["diff", "--format", "json", "--traffic", "access.log"] + sides),
        ("diff.md", ["diff", "--format", "markdown", "--traffic", "access.log"] + sides),
        ("diff.github", ["diff", "--format", "github"] + sides),
    ]

    @Test(arguments: commands.map(\.file))
    func `each format prints what it is meant to`(file: String) async throws {
        let arguments = try #require(Self.commands.first { $0.file == file }).arguments
        let command = [arguments[0]] + Self.options + arguments.dropFirst()
        let outcome = try await Tool(built: "postern").run(command, in: Self.folder)
        #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
        let golden = Self.folder.appending(path: file)
        guard !Self.isUpdating else {
            try outcome.text.write(to: golden, atomically: true, encoding: .utf8)
            Issue.record("\(file) is recorded anew")
            return
        }
        #expect(outcome.text == (try String(contentsOf: golden, encoding: .utf8)))
    }

    @Test func `a side is rendered the same beside another one as by itself`() async throws {
        let program = try Tool(built: "postern")
        let alone = try await program.run(["render"] + Self.options + ["new.yaml"], in: Self.folder).text
        let diff = try await program.run(["diff", "--format", "unified"] + Self.options + Self.sides, in: Self.folder)
        let added = diff.text.split(separator: "\n").filter { $0.hasPrefix("+") && !$0.hasPrefix("+++") }
        let lines = Set(alone.split(separator: "\n"))
        #expect(!added.isEmpty && added.allSatisfy { $0.count == 1 || lines.contains($0.dropFirst()) })
        let same = try await program.run(["diff"] + Self.options + ["new.yaml", "new.yaml"], in: Self.folder)
        #expect(same.text.isEmpty && same.status == 0)
    }
}
