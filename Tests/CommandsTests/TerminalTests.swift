import Foundation
import TestSupport
import Testing

/// What `postern diff` prints for a person at a terminal.
struct TerminalTests {
    private static let escape = "\u{1B}["

    /// Runs `postern diff` of two manifests on a terminal of its own, by `script`, with variables of the environment.
    private func diff(_ options: String = "", environment: String = "PAGER=cat") async throws -> String {
        let files = [
            "old.yaml": ingress(path: "/a"), "new.yaml": ingress(path: "/b"), "same.yaml": ingress(path: "/b"),
        ]
        return try await CommandLine.use(files) { shell in
            let program = try Tool(built: "postern").path
            let words = "env --unset=NO_COLOR TERM=xterm \(environment) '\(program)' diff \(options)"
            let command = "\(words) old.yaml new.yaml"
            let outcome = try await Tool("script").run(
                ["--quiet", "--return", "--command", "cd '\(shell.path(""))' && \(command)", "/dev/null"]
            )
            #expect(outcome.status == 1)
            return outcome.text
        }
    }

    @Test func `colours are for a terminal, and for whoever wants them`() async throws {
        let text = try await diff()
        #expect(text.contains("\(Self.escape)32m+ shop.example/b"))
        #expect(text.contains("\(Self.escape)31m- shop.example/a"))
        #expect(text.contains("\(Self.escape)36m@@"))
        for plain in [
            try await diff(environment: "PAGER=cat NO_COLOR=1"), try await diff(environment: "PAGER=cat TERM=dumb"),
            try await diff("--color never"),
        ] {
            #expect(plain.contains("+ shop.example/b") && !plain.contains(Self.escape))
        }
        let files = ["old.yaml": ingress(path: "/a"), "new.yaml": ingress(path: "/b")]
        try await CommandLine.use(files) { shell in
            let plain = try await shell.run("diff", "old.yaml", "new.yaml").text
            #expect(!plain.contains(Self.escape))
            let colored = try await shell.run("diff", "--color", "always", "old.yaml", "new.yaml").text
            #expect(colored.contains(Self.escape))
        }
    }

    @Test func `results that cannot be written are no success`() async throws {
        try await CommandLine.use(["old.yaml": ingress(path: "/a"), "new.yaml": ingress(path: "/b")]) { shell in
            let program = try Tool(built: "postern").path
            let start = "cd '\(shell.path(""))' && '\(program)'"
            for command in ["diff old.yaml new.yaml", "check --format json new.yaml", "render new.yaml", "--help"] {
                for target in ["> /dev/full", ">&-"] {
                    let outcome = try await Tool("sh").run(["-c", "\(start) \(command) \(target)"])
                    #expect(outcome.status == 2, "\(command) \(target)")
                    #expect(outcome.errors.contains("Error: standard output cannot be written: "), "\(outcome.errors)")
                }
            }
            // Who reads no further has seen enough.
            let read = try await Tool("sh").run(["-c", "\(start) check --quiet new.yaml | true; echo done"])
            #expect(read.text == "done\n" && !read.errors.contains("Error"))
        }
    }

    @Test func `a terminal gets it by the pager that its user has`() async throws {
        let paged = try await diff(environment: "PAGER='sed s/^/paged:/'")
        #expect(paged.contains("paged:") && paged.contains("shop.example/b"))
        // One that ends before it has read everything, and one that is not there.
        let unread = try await diff(environment: "PAGER=true")
        #expect(unread.contains("1 file"))
        for plain in [
            try await diff(environment: "PAGER=no-such-program"), try await diff(environment: "PAGER="),
            try await diff("--no-pager", environment: "PAGER='sed s/^/paged:/'"),
        ] {
            #expect(plain.contains("+ shop.example/b") && !plain.contains("paged:"))
        }
        try await CommandLine.use(["old.yaml": ingress(path: "/a"), "new.yaml": ingress(path: "/b")]) { shell in
            let program = try Tool(built: "postern").path
            let piped = try await Tool("sh").run(
                ["-c", "cd '\(shell.path(""))' && PAGER='sed s/^/paged:/' '\(program)' diff old.yaml new.yaml"]
            )
            #expect(piped.text.contains("+ shop.example/b") && !piped.text.contains("paged:"))
        }
    }
}
