import Foundation
import TestSupport
import Testing

/// `postern diff --format json` prints what its documented schema says.
struct DiffSchemaTests {
    /// Prints a line for each place at which a file differs from the schema, and then that it has looked.
    private static let validation = """
        import json, sys
        from jsonschema import Draft202012Validator
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        for error in Draft202012Validator(schema).iter_errors(json.load(open(sys.argv[2]))):
            print("/".join(map(str, error.absolute_path)), error.message)
        print("validated")
        """

    private func differences(_ json: String) async throws -> String {
        let python = PackageRoot.url.appending(path: ".build/sarif-venv/bin/python").path(percentEncoded: false)
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Tool.Failure(description: "no validator at \(python); `make test` sets it up")
        }
        let schema = PackageRoot.url.appending(path: "Documentation/diff.schema.json").path(percentEncoded: false)
        return try await CommandLine.use(["diff.json": json]) { shell in
            let outcome = try await Tool(at: python).run(["-c", Self.validation, schema, shell.path("diff.json")])
            return outcome.text + outcome.errors
        }
    }

    private static let tcp = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tcp, namespace: shop}
        data: {"5432": shop/db:5432}

        """

    @Test func `all that a change can be is in the schema`() async throws {
        let golden = PackageRoot.url.appending(path: "Tests/CommandsTests/Golden/diff.json")
        #expect(try await differences(String(contentsOf: golden, encoding: .utf8)) == "validated\n")
        let wrong = ingress("new").replacing("number: 80", with: "number: 800000")
        let files = [
            "old.yaml": [ingress(), ingress("gone", path: "/gone")].joined(separator: "---\n"),
            "new.yaml": [ingress(), ingress("all", path: "/.*"), wrong, Self.tcp].joined(separator: "---\n"),
        ]
        try await CommandLine.use(files) { shell in
            for sides in [["old.yaml", "new.yaml"], ["new.yaml", "old.yaml"], ["old.yaml", "old.yaml"]] {
                let options = [
                    "diff", "--format", "json", "--prove", "--verbose", "--tcp-services-configmap", "shop/tcp",
                ]
                let outcome = try await shell.run(options + sides)
                #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
                #expect(try await differences(outcome.text) == "validated\n")
            }
        }
    }

    @Test func `the validator finds what the schema does not have`() async throws {
        let golden = PackageRoot.url.appending(path: "Tests/CommandsTests/Golden/diff.json")
        let text = try String(contentsOf: golden, encoding: .utf8)
        let more = text.replacing(#""pathType""#, with: #""kind""#)
        #expect(try await differences(more).contains("routes/0 "))
        #expect(try await differences(text.replacing(#""version" : 1"#, with: #""version" : 2"#)).contains("version"))
    }
}
