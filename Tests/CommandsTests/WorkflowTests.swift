import Foundation
import TestSupport
import Testing

/// The jobs for GitHub and GitLab in the documentation do what it says of them.
struct WorkflowTests {
    /// The commands of the jobs, of each in their order.
    private static func commands() throws -> (github: [String], gitlab: [String]) {
        let page = PackageRoot.url.appending(path: "Documentation/check.md")
        let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```yaml\n").dropFirst()
            .map { $0.components(separatedBy: "```")[0] }
        let github = try #require(blocks.first { $0.contains("on: pull_request") })
        let gitlab = try #require(blocks.first { $0.contains("  script:\n") })
        return (
            github.matches(of: /(?m)^ *- run: (.*)$/).map { String($0.1) },
            gitlab.components(separatedBy: "  script:\n")[1].matches(of: /(?m)^  - (.*)$/).map { String($0.1) }
        )
    }

    private static let guarded = ingress().replacing(
        "  namespace: shop\n",
        with: "  namespace: shop\n  annotations: {nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8}\n"
    )

    /// A clone with a branch that is checked out; its origin's main has got another Ingress since.
    private func inClone(_ change: String, _ body: (CommandLine) async throws -> Void) async throws {
        try await CommandLine.use(["deploy/web.yaml": Self.guarded]) { origin in
            try await origin.git("init", "--quiet", "--initial-branch=main")
            try await origin.commit("one")
            try await CommandLine.use([:]) { shell in
                try await shell.git("clone", "--quiet", origin.path("."), ".")
                try await shell.git("checkout", "--quiet", "-b", "branch")
                try shell.write(change, to: "deploy/web.yaml")
                try await shell.commit("two")
                try origin.write(ingress("more", host: "more.example"), to: "deploy/more.yaml")
                try await origin.commit("more")
                try await shell.git("fetch", "--quiet")
                // In the place of GitHub's own program.
                try shell.write("#!/bin/sh\necho \"$PR $*\" > gh.txt\n", to: "programs/gh")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755],
                    ofItemAtPath: shell.path("programs/gh")
                )
                try await body(shell)
            }
        }
    }

    /// Runs a command as a CI server does, with what it sets.
    private func run(_ command: String, in shell: CommandLine) async throws -> Tool.Outcome {
        let variables = "export GITHUB_BASE_REF=main PR=7 CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main"
        let path = "export PATH='\(shell.path("programs")):\(try Tool(built: "postern").folder)':\"$PATH\""
        return try await Tool("sh").run(["-ec", "cd '\(shell.path("."))'; \(variables); \(path)\n\(command)"])
    }

    @Test func `GitHub gets a comment, and annotations that fail for a danger`() async throws {
        let commands = try Self.commands().github
        #expect(commands.count == 3)
        for (change, danger) in [(ingress(), true), (Self.guarded.replacing("number: 80", with: "number: 81"), false)] {
            try await inClone(change) { shell in
                #expect(try await run(commands[0], in: shell).status == 0)
                let comment = try shell.text(of: "diff.md")
                #expect(comment.hasPrefix("**Postern:** 1 route changes"))
                #expect(!comment.contains("more.example"))
                #expect(try await run(commands[1], in: shell).status == 0)
                #expect(try shell.text(of: "gh.txt").hasPrefix("7 pr comment 7 --body-file diff.md"))
                let annotations = try await run(commands[2], in: shell)
                #expect(annotations.status == (danger ? 1 : 0))
                #expect(annotations.text.contains("::error title=danger,file=deploy/web.yaml,line=") == danger)
            }
        }
    }

    @Test func `GitLab gets a page, the change in its log, and findings as tests`() async throws {
        let commands = try Self.commands().gitlab
        #expect(commands.count == 4)
        try await inClone(ingress()) { shell in
            var statuses: [Int32?] = []
            for command in commands { statuses.append(try await run(command, in: shell).status) }
            #expect(statuses == [0, 0, 1, 0])
            #expect(try shell.text(of: "diff.html").contains("1 route changes, 1 loses its list of addresses; 0 same"))
            #expect(try shell.text(of: "findings.xml").contains("<testsuite name=\"postern check\""))
        }
    }
}
