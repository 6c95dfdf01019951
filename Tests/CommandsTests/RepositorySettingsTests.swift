import Foundation
import TestSupport
import Testing

/// The file `.postern.yaml` of a repository.
struct RepositorySettingsTests {
    private static let misspelt = ingress().replacing(
        "  namespace: shop\n",
        with: "  namespace: shop\n  annotations:\n    nginx.ingress.kubernetes.io/rewrit-target: /\n"
    )

    private func check(
        _ settings: String,
        _ arguments: String...,
        more files: [String: String] = [:]
    ) async throws -> Tool.Outcome {
        let all = files.merging(["deploy/web.yaml": Self.misspelt, ".postern.yaml": settings]) { first, _ in first }
        return try await CommandLine.use(all) { shell in try await shell.run(["check", "--quiet"] + arguments) }
    }

    @Test func `what it says counts, and the command line wins`() async throws {
        let settings = "check:\n  fail-on: error\n"
        let outcome = try await check(settings, "deploy/web.yaml")
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("[annotation-unknown]"))
        let strict = try await check(settings, "--fail-on", "warning", "deploy")
        #expect(strict.status == 1)
        let input = "input: {as: cluster, ingress-class: internal}\n"
        let other = try await check(input, "deploy")
        #expect(other.text.contains("[no-ingress]") && other.text.contains("than 'internal'"))
        let ours = try await check(input, "--as", "repository", "deploy")
        #expect(ours.text.contains("[annotation-unknown]"))
    }

    @Test func `codes are left out, and reported where they leave nothing out of the whole`() async throws {
        let settings = "check:\n  ignore:\n  - annotation-unknown\n  - path-taken\n"
        let part = try await check(settings, "deploy")
        #expect(part.status == 0)
        let whole = try await check(settings, ".")
        #expect(whole.status == 1)
        #expect(whole.text.hasPrefix(".postern.yaml:4:5: warning: 'path-taken' in .postern.yaml leaves nothing out"))
        let unknown = try await check("check: {ignore: annotation-unknwn}\n", "deploy")
        #expect(unknown.text.contains("[ignore-unknown]"))
    }

    @Test func `a baseline stands beside the file`() async throws {
        let known = try await CommandLine.use(["web.yaml": Self.misspelt]) { shell in
            try await shell.run("check", "--format", "json", "web.yaml").text
        }
        let outcome = try await check("check: {baseline: known.txt}\n", "deploy", more: ["known.txt": known])
        #expect(outcome.status == 0)
        let whole = try await check(
            "check: {baseline: known.txt}\n",
            "--baseline",
            "",
            "deploy",
            more: ["known.txt": known]
        )
        #expect(whole.text.contains("[annotation-unknown]"))
        let missing = try await check("check: {baseline: missing.json}\n", "deploy")
        #expect(missing.status == 2)
    }

    @Test(arguments: [
        ("chek: {}\n", "1:1: warning: there is no setting 'chek' here", "settings-file-unknown-key"),
        ("check: {fail_on: error}\n", "1:9: warning: there is no setting 'fail_on' here", "settings-file-unknown-key"),
        ("check: {fail-on: fatal}\n", "1:18: error: expected one of error, warning, note", "settings-file-invalid"),
        ("check: [error]\n", "1:8: error: expected a mapping", "settings-file-invalid"),
        ("check: {ignore: [1]}\n", "1:18: error: expected text", "settings-file-invalid"),
        ("input: {configmap: a/b/c}\n", "1:20: error: expected NAMESPACE/NAME", "settings-file-invalid"),
        (
            "input: {watch-ingress-without-class: maybe}\n", "1:38: error: expected true or false",
            "settings-file-invalid"
        ),
        ("check: {}\n---\ncheck: {}\n", "1:1: error: the file has more than one document", "settings-file-invalid"),
        ("check: [\n", "", "yaml-syntax"),
    ])
    func `what is wrong with it is a finding with its place`(_ text: String, _ start: String, _ code: String)
        async throws
    {
        let outcome = try await check(text, "--ignore", "annotation-unknown", "deploy")
        #expect(outcome.status == 1)
        #expect(outcome.text.hasPrefix(".postern.yaml:\(start)"), "\(outcome.text)")
        #expect(outcome.text.contains("[\(code)]"), "\(outcome.text)")
    }

    @Test func `the nearest one counts, and none above the repository`() async throws {
        let nested = try await check(
            "check: {fail-on: error}\n",
            "deploy",
            more: ["deploy/.postern.yaml": "check: {fail-on: warning}\n"]
        )
        #expect(nested.status == 1)
        let outside = try await check(
            "check: {fail-on: error}\n",
            "deploy",
            more: ["deploy/.git": "gitdir: elsewhere\n"]
        )
        #expect(outside.status == 1)
        let several = try await check(
            "check: {}\n",
            "deploy",
            ".",
            more: ["deploy/.postern.yaml": "check: {}\n"]
        )
        #expect(several.status == 2)
        #expect(several.errors.contains("different settings"))
    }
}
