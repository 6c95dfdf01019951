import Foundation
import TestSupport
import Testing

/// The README's examples are what the program really does.
struct ReadmeTests {
    @Test func `the README's Ingress becomes the server that stands beside it`() async throws {
        let readme = try Readme()
        try await CommandLine.use(["web.yaml": readme.manifest]) { shell in
            let outcome = try await shell.run("render", "web.yaml")
            let indented = readme.server.split(separator: "\n", omittingEmptySubsequences: false)
                .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
            #expect(outcome.text.contains(indented))
        }
    }

    @Test func `each command of the README prints what the README says`() async throws {
        let readme = try Readme()
        let commands = readme.commands.filter { $0.line != "postern demo" }
        #expect(commands.count >= 5)
        try await CommandLine.use(["web.yaml": readme.manifest]) { shell in
            for command in commands {
                let programs = try Tool(built: "postern").folder
                let script = "cd '\(shell.path("."))' && PATH=\(programs):$PATH && { \(command.line); } 2>&1"
                let outcome = try await Tool("sh").run(["-c", script])
                #expect(outcome.text.asRead == command.output.asRead, "\(command.line)")
            }
        }
    }
}

extension String {
    /// Without what a reader does not look at: white space at the end, and how many lines of settings stand in front of
    /// a difference.
    fileprivate var asRead: String {
        replacing(#/@@ -\d+,(\d+) \+\d+,(\d+) @@/#) { "@@ -\($0.1) +\($0.2) @@" }
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// The README's fenced blocks.
private struct Readme {
    struct Command {
        var line: String
        var output: String
    }

    var manifest: String
    var server: String
    var commands: [Command] = []

    init() throws {
        let text = try String(contentsOf: PackageRoot.url.appending(path: "README.md"), encoding: .utf8)
        manifest = try #require(Self.blocks("yaml", in: text).first)
        server = try #require(Self.blocks("nginx", in: text).first)
        for block in Self.blocks("console", in: text) {
            for line in block.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                if line.hasPrefix("$ ") {
                    commands.append(Command(line: String(line.dropFirst(2)), output: ""))
                } else if let last = commands.indices.last {
                    commands[last].output += line + "\n"
                }
            }
        }
    }

    private static func blocks(_ language: String, in text: String) -> [String] {
        text.components(separatedBy: "```\(language)\n").dropFirst().compactMap { rest in
            rest.components(separatedBy: "```").first
        }
    }
}
