import TestSupport
import Testing

/// `postern diff --format json` prints what its documented schema says.
struct DiffSchemaTests {
    private static let tcp = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tcp, namespace: shop}
        data: {"5432": shop/db:5432}

        """

    @Test func `all that a change can be is in the schema`() async throws {
        let wrong = ingress("new").replacing("number: 80", with: "number: 800000")
        let files = [
            "old.yaml": [ingress(), ingress("gone", path: "/gone")].joined(separator: "---\n"),
            "new.yaml": [ingress(), ingress("all", path: "/.*"), wrong, Self.tcp].joined(separator: "---\n"),
        ]
        var documents = [try JSONSchema.golden("Golden/diff.json")]
        try await CommandLine.use(files) { shell in
            for sides in [["old.yaml", "new.yaml"], ["new.yaml", "old.yaml"], ["old.yaml", "old.yaml"]] {
                let options = [
                    "diff", "--format", "json", "--prove", "--verbose", "--tcp-services-configmap", "shop/tcp",
                ]
                let outcome = try await shell.run(options + sides)
                #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
                documents.append(outcome.text)
            }
        }
        try await JSONSchema(name: "diff").expectValid(documents)
    }

    @Test func `what a state folder has is compared as the schema says`() async throws {
        let files = ["old.yaml": ingress(), "new.yaml": ingress(path: "/new")]
        let documents = try await CommandLine.use(files) { shell in
            try await shell.serve("old.yaml", in: "state")
            var documents: [String] = []
            for side in ["old.yaml", "new.yaml"] {
                let outcome = try await shell.run("diff", "--format", "json", "--state-dir", "state", side)
                #expect([0, 1].contains(outcome.status), "\(outcome.errors)")
                documents.append(outcome.text)
            }
            return documents
        }
        #expect(documents.allSatisfy { $0.contains("\"newGeneration\" :") })
        try await JSONSchema(name: "diff").expectValid(documents)
    }

    @Test func `the validator finds what the schema does not have`() async throws {
        let text = try JSONSchema.golden("Golden/diff.json")
        let wrong = [
            text.replacing(#""pathType""#, with: #""kind""#),
            text.replacing(#""version" : 1"#, with: #""version" : 2"#),
        ]
        let verdicts = try await JSONSchema(name: "diff").verdicts(on: wrong)
        #expect(verdicts[0].errors.contains { $0.hasPrefix("routes/0: ") })
        #expect(verdicts[1].errors.contains { $0.hasPrefix("version: ") })
    }
}
