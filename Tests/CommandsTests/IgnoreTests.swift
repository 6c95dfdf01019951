import TestSupport
import Testing

@testable import Commands

/// What leaves findings out: annotations, options and the settings of a repository.
struct IgnoreTests {
    private static func ingress(ignoring text: String?, more: String = "") -> String {
        let annotation = "nginx.ingress.kubernetes.io/rewrit-target: /"
        let ignore = text.map { "\n    postern.dev/ignore: '\($0)'" } ?? ""
        return CommandsTests.ingress().replacing(
            "  namespace: shop\n",
            with: "  namespace: shop\n  annotations:\n    \(annotation)\(ignore)\n\(more)"
        )
    }

    private func check(_ files: [String: String], _ arguments: String...) async throws -> Tool.Outcome {
        try await CommandLine.use(files) { shell in try await shell.run(["check"] + arguments) }
    }

    @Test(arguments: [
        ("a", ["a"]), ("a,b", ["a", "b"]), (" a , b -- why, and more", ["a", "b"]), ("a b--c", ["a", "b"]), ("", []),
        ("-- only a reason", []),
    ])
    func `an annotation lists codes, and may give a reason`(_ text: String, _ codes: [String]) {
        #expect(Suppressions.codes(in: text) == codes)
    }

    @Test func `an Ingress leaves out findings about itself`() async throws {
        let text = Self.ingress(ignoring: "annotation-unknown -- for another controller")
        let outcome = try await check(["web.yaml": text], "--quiet", "web.yaml")
        #expect(outcome.status == 0)
        #expect(outcome.text == "")
    }

    @Test func `findings about other objects stay`() async throws {
        let other = Self.ingress(ignoring: nil).replacing("name: web", with: "name: other").replacing(
            "shop.example",
            with: "other.example"
        )
        let files = ["web.yaml": Self.ingress(ignoring: "annotation-unknown"), "other.yaml": other]
        let outcome = try await check(files, "--quiet", ".")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasSuffix(": 1 warning, 2 notes\n"))
        #expect(outcome.text.hasPrefix("./other.yaml:7:"))
    }

    @Test func `a code that leaves nothing out is reported at its place, and so is one that there is none of`()
        async throws
    {
        let text = Self.ingress(ignoring: "annotation-unknown, path-taken, path-takn")
        let outcome = try await check(["web.yaml": text], "--quiet", "web.yaml")
        #expect(outcome.status == 1)
        #expect(
            outcome.text.hasPrefix(
                """
                web.yaml:8:25: warning: 'path-taken' in postern.dev/ignore leaves nothing out; it can go [ignore-unused]
                web.yaml:8:25: warning: 'path-takn' in postern.dev/ignore leaves nothing out: no finding has this code [ignore-unknown]
                    hint: did you mean 'path-taken'?

                """
            )
        )
    }

    @Test func `an Ingress of another class, and findings of a proof, may have nothing left out`() async throws {
        let other = Self.ingress(ignoring: "path-taken").replacing("ClassName: nginx", with: "ClassName: traefik")
        let files = ["web.yaml": Self.ingress(ignoring: "annotation-unknown, nginx-refused"), "other.yaml": other]
        let outcome = try await check(files, "--quiet", ".")
        #expect(outcome.status == 0)
    }

    @Test func `diff does not report what an Ingress leaves out`() async throws {
        let old = CommandsTests.ingress()
        for (text, reported) in [(nil, true), ("annotation-unknown", false)] {
            let files = ["old.yaml": old, "new.yaml": Self.ingress(ignoring: text)]
            let outcome = try await CommandLine.use(files) { shell in
                try await shell.run("diff", "--format", "json", "old.yaml", "new.yaml")
            }
            #expect(outcome.text.contains("annotation-unknown") == reported)
        }
    }
}
