import Diagnostics
import TestSupport
import Testing

@testable import Commands

/// `postern migrate --format json` prints what its documented schema says.
struct MigrationSchemaTests {
    @Test func `reports are in the schema`() async throws {
        let files = ["web.yaml": ingress(path: "/docs/"), "wrong.yaml": ingress("wrong", host: "a b")]
        let report = try await CommandLine.use(files) { shell in
            try await shell.run("migrate", "--format", "json", ".").text
        }
        try await JSONSchema(name: "migrate").expectValid([JSONSchema.golden("Migration/report.json"), report])
    }

    private static func difference(_ kind: ComparedDifference.Kind) -> ComparedDifference {
        ComparedDifference(request: "GET http://shop.example/", aspects: [("status", "200", "404")], kind: kind)
    }

    @Test func `comparisons are in the schema`() async throws {
        var report = ComparisonReport(old: "http://192.0.2.1", new: "http://192.0.2.2", wantedCount: 9)
        let empty = try ComparisonRecord(report).printedJSON()
        report.addSame()
        report.addUnsteady()
        for kind in ComparedDifference.Kind.allCases { report.add(Self.difference(kind)) }
        var known = Self.difference(.known)
        (known.route, known.expected, known.reason) = ("shop.example/", "shop/web:80", "'enable-cors'")
        known.place = MigrationPlace(
            object: "Ingress shop/web",
            position: SourcePosition(file: "web.yaml", line: 7, column: 1)
        )
        report.add(known)
        try await JSONSchema(name: "migrate").expectValid([empty, ComparisonRecord(report).printedJSON()])
    }
}
