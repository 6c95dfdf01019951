import Foundation
import TestSupport
import Testing

/// The forms of findings for other programs, and which of them count.
struct CheckFormatTests {
    private static let misspelt = ingress(more: "  # nothing").replacing(
        "  namespace: shop\n",
        with: "  namespace: shop\n  annotations:\n    nginx.ingress.kubernetes.io/rewrite-targt: '<a&b>'\n"
    )

    private func check(_ manifest: String, _ options: String...) async throws -> Tool.Outcome {
        try await CommandLine.use(["web.yaml": manifest]) { shell in
            try await shell.run(["check"] + options + ["web.yaml"])
        }
    }

    @Test func `SARIF has each finding at its place, and is whole without any`() async throws {
        let outcome = try await check(Self.misspelt, "--quiet", "--format", "sarif")
        #expect(outcome.status == 1)
        let run = try sarifRun(outcome)
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        #expect(result["ruleId"] as? String == "annotation-unknown")
        #expect(result["level"] as? String == "warning")
        let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
        #expect((location?["artifactLocation"] as? [String: Any])?["uri"] as? String == "web.yaml")
        #expect((location?["region"] as? [String: Any])?["startLine"] as? Int == 7)
        let rules = ((run["tool"] as? [String: Any])?["driver"] as? [String: Any])?["rules"] as? [[String: Any]]
        #expect(rules?.map { $0["id"] as? String } == ["annotation-unknown"])
        let clean = try await check(ingress(), "--quiet", "--format", "sarif")
        #expect(clean.status == 0)
        let none = try sarifRun(clean)["results"] as? [[String: Any]]
        #expect(none?.isEmpty ?? false)
    }

    private func sarifRun(_ outcome: Tool.Outcome) throws -> [String: Any] {
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.text.utf8)) as? [String: Any])
        #expect(json["version"] as? String == "2.1.0")
        #expect((json["$schema"] as? String)?.hasSuffix("sarif-2.1.0.json") ?? false)
        return try #require((json["runs"] as? [[String: Any]])?.first)
    }

    @Test func `JUnit has a test for each code, which findings fail`() async throws {
        let outcome = try await check(Self.misspelt, "--format", "junit")
        #expect(outcome.text.contains("<testsuite name=\"postern check\" tests=\"2\" failures=\"1\">"))
        #expect(outcome.text.contains("<testcase classname=\"postern\" name=\"annotation-unknown\">\n      <failure "))
        let parsed = XMLReader().read(outcome.text)
        #expect(parsed == ["testsuites", "testsuite", "testcase", "failure", "testcase", "system-out"])
        let clean = try await check(ingress(), "--quiet", "--format", "junit")
        #expect(clean.text.contains("tests=\"1\" failures=\"0\""))
    }

    @Test func `GitHub's lines name file, line and column`() async throws {
        let outcome = try await check(Self.misspelt, "--format", "github")
        #expect(outcome.text.contains("::warning title=annotation-unknown,file=web.yaml,line=7,col="))
    }

    @Test func `the least severity that fails can be another`() async throws {
        let lenient = try await check(Self.misspelt, "--fail-on", "error").status
        #expect(lenient == 0)
        let strict = try await check(ingress(), "--fail-on", "note").status
        #expect(strict == 1)
    }

    @Test func `an ignored code is left out, and one that leaves nothing out is reported`() async throws {
        let ignored = try await check(Self.misspelt, "--ignore", "annotation-unknown")
        #expect(ignored.status == 0)
        #expect(!ignored.text.contains("rewrite-targt"))
        let idle = try await check(ingress(), "--ignore", "annotation-unknown")
        #expect(idle.status == 1)
        #expect(idle.text.contains("[ignore-unused]"))
    }

    @Test func `findings of a baseline are left out wherever they stand, and new ones are not`() async throws {
        try await CommandLine.use(["web.yaml": Self.misspelt]) { shell in
            let known = try await shell.run("check", "--format", "json", "web.yaml")
            try shell.write(known.text, to: "known.json")
            try shell.write("# moved\n" + Self.misspelt, to: "other.yaml")
            let outcome = try await shell.run("check", "--baseline", "known.json", "other.yaml")
            #expect(outcome.status == 0)
            try shell.write(Self.misspelt.replacing("rewrite-targt", with: "rewrite-tragt"), to: "other.yaml")
            let other = try await shell.run("check", "--baseline", "known.json", "other.yaml")
            #expect(other.status == 1)
            let broken = try await shell.run("check", "--baseline", "web.yaml", "other.yaml")
            #expect(broken.status == 2)
        }
    }
}

/// Reads XML for the names of its elements.
private final class XMLReader {
    /// The names in the order of their start; `nil` for what is no XML.
    func read(_ text: String) -> [String]? {
        var names: [String] = []
        var open: [Substring] = []
        for match in text.matches(of: #/<(/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(/?)>/#) {
            if match.1 == "/" {
                guard open.popLast() == match.2 else { return nil }
            } else {
                names.append(String(match.2))
                if match.4.isEmpty { open.append(match.2) }
            }
        }
        return open.isEmpty ? names : nil
    }
}
