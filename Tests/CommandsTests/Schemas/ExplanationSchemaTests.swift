import TestSupport
import Testing

/// `postern explain --format json` prints what its documented schema says.
struct ExplanationSchemaTests {
    private static let line =
        "10.1.2.3 - - [10/Oct/2026:13:55:36 +0000] \"GET / HTTP/1.1\" 200 15 \"-\" \"curl/8\" 80 0.007 "
        + "[shop-web-80] [] 192.0.2.1:80 15 0.006 200 4f7e0b3c9d2a1e5f4f7e0b3c9d2a1e5f"

    private static let tcp = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tcp, namespace: shop}
        data: {"5432": shop/db:5432}

        """

    private static let options = [
        "explain", "--format", "json", "--nginx-version", "1.22.1", "--tcp-services-configmap", "shop/tcp",
    ]

    /// What each of some commands prints.
    private func explanations(_ commands: [[String]]) async throws -> [String] {
        let files = ["web.yaml": ingress() + "---\n" + ingress("other", host: "'*.example'"), "tcp.yaml": Self.tcp]
        return try await CommandLine.use(files) { shell in
            try await shell.serve("web.yaml", in: "state")
            var texts: [String] = []
            for command in commands {
                let outcome = try await shell.run(Self.options + command + ["web.yaml", "tcp.yaml"])
                #expect([0, 1].contains(outcome.status), "\(command): \(outcome.errors)")
                texts.append(outcome.text)
            }
            return texts
        }
    }

    @Test func `requests are in the schema, with a proof, a line of a log and what serves`() async throws {
        let texts = try await explanations([
            ["--prove", "http://shop.example/a"], ["http://none.test/"], ["--log", Self.line],
            ["--state-dir", "state", "http://shop.example/a"], ["--state-dir", "state", "http://a.example/"],
        ])
        for (text, field) in zip(texts, ["proof", "steps", "logged", "served", "served"]) {
            #expect(text.contains("\"\(field)\" :"))
        }
        try await JSONSchema(name: "explain").expectValid([JSONSchema.golden("Golden/explain.json")] + texts)
    }

    @Test func `ports are in the schema`() async throws {
        let texts = try await explanations([
            ["tcp://db.example:5432"], ["--state-dir", "state", "tcp://db.example:5432"], ["udp://db.example:1"],
        ])
        try await JSONSchema(name: "explain").expectValid(texts)
    }

    @Test func `lines are in the schema, whatever they come from`() async throws {
        let lines = stride(from: 8, through: 160, by: 16).map { ["--line", "\($0)"] }
        let texts = try await explanations(lines)
        #expect(texts.contains { $0.contains("\"isShared\" :") })
        try await JSONSchema(name: "explain").expectValid([JSONSchema.golden("Golden/explain-line.json")] + texts)
    }
}
