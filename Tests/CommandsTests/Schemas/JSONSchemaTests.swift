import Foundation
import TestSupport
import Testing

/// What commands print for programs is what the documented schemas say.
struct JSONSchemaTests {
    @Test func `findings, and what their codes mean, are in the schema`() async throws {
        let codes = try await CommandLine.use { shell in
            try await shell.run("check", "--explain", "all", "--format", "json").text
        }
        try await JSONSchema(name: "check").expectValid([JSONSchema.golden("Formats/findings.json"), codes, "[]"])
    }

    @Test func `all settings are in the schema`() async throws {
        let lists = try await CommandLine.use { shell in
            let keys = try await shell.run("keys", "--format", "json").text
            return [keys, try await shell.run("annotations", "--format", "json", "proxy-body-size", "auth-type").text]
        }
        try await JSONSchema(name: "settings").expectValid(lists)
    }

    private static let status = """
        {
          "version": "1", "processIdentifier": 1, "started": "2026-01-01T00:00:00Z", "updated": "2026-01-02T00:00:00Z",
          "source": "cluster", "error": "nginx does not answer",
          "generation": {"id": "abc", "since": "2026-01-01T00:00:00Z"},
          "setAside": [{
            "object": {"kind": "Ingress", "namespace": "shop", "name": "web"}, "since": "2026-01-01T00:00:00Z",
            "serves": "nothing",
            "finding": {
              "severity": "error", "code": "a", "message": "b", "object": {"kind": "Ingress", "name": "web"},
              "field": "spec", "file": "web.yaml", "line": 1, "column": 2, "hint": "c"
            }
          }],
          "certificates": [
            {"file": "tls/a.pem", "secret": {"kind": "Secret", "name": "a"}, "expires": "2026-02-01T00:00:00Z"},
            {"file": "tls/default.pem"}
          ],
          "certificateCount": 2,
          "endpoints": {"byDNS": 1, "byReload": 2, "changes": 3, "changed": "2026-01-01T00:00:00Z"},
          "diagnostics": [{"severity": "note", "code": "a", "message": "b"}],
          "leftOut": [{"severity": "note", "code": "a", "message": "b"}], "leftOutCount": 1,
          "swaps": [
            {"at": "2026-01-01T00:00:00Z", "result": "replaced", "files": ["tls/a.pem"], "milliseconds": {"read": 1.5}},
            {"at": "2026-01-01T00:00:00Z", "result": "failed", "generation": "b", "error": "c", "milliseconds": {}}
          ]
        }
        """

    @Test func `the status of a controller is in the schema, as its file and as it is printed`() async throws {
        let bare = #"""
            {"version": "1", "processIdentifier": 1, "started": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z",
             "source": "a", "setAside": [], "certificates": [], "diagnostics": [], "swaps": []}
            """#
        let printed = try await CommandLine.use(["state/status.json": Self.status]) { shell in
            try await shell.run("status", "--state-dir", "state", "--format", "json").text
        }
        #expect(printed.contains(#""live" : null"#))
        #expect(printed.contains(#""processIdentifier" : 1"#))
        try await JSONSchema(name: "status").expectValid([Self.status, bare, printed])
    }

    @Test func `what schemas share is the same in all of them`() throws {
        let sharing = try JSONSchema.names.filter { $0 != "settings" }.map { try JSONSchema(name: $0).text }
        for name in ["finding", "object"] {
            let definitions = sharing.compactMap { text in
                text.split(separator: "\n").drop { $0 != "    \"\(name)\": {" }.prefix {
                    $0 != "    }" && $0 != "    },"
                }
            }
            #expect(definitions.filter { !$0.isEmpty }.count >= sharing.count - 1, "\(name)")
            #expect(Set(definitions.filter { !$0.isEmpty }.map(Array.init)).count == 1, "\(name)")
        }
    }

    @Test(arguments: [
        ("check", "Formats/findings.json", "name", "0/object"),
        ("diff", "Golden/diff.json", "command", "routes/0/witness"),
        ("explain", "Golden/explain.json", "text", "steps/0"),
        ("migrate", "Migration/report.json", "object", "annotations/0/places/0"),
    ])
    func `what is not in a schema is found where it stands`(
        _ name: String,
        _ golden: String,
        _ field: String,
        _ place: String
    ) async throws {
        let text = try JSONSchema.golden(golden)
        let wrong = text.replacing("\"\(field)\" :", with: "\"surplus\" :")
        let verdicts = try await JSONSchema(name: name).verdicts(on: [text, wrong])
        #expect(verdicts.first?.errors == [] && verdicts.first?.objects ?? 0 > 5)
        #expect(verdicts.last?.errors.contains { $0.hasPrefix("\(place): ") } ?? false, "\(verdicts)")
    }

    @Test func `every schema that is documented is tested`() throws {
        let folder = PackageRoot.url.appending(path: "Documentation").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".schema.json") }
        #expect(files.sorted() == JSONSchema.names.map { "\($0).schema.json" })
    }
}
