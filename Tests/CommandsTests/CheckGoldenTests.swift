import Foundation
import TestSupport
import Testing

/// The output of `postern check` in each of its formats.
struct CheckGoldenTests {
    private static let folder = PackageRoot.url.appending(path: "Tests/CommandsTests/Formats")

    @Test(arguments: [
        ("text", "findings.txt"), ("json", "findings.json"), ("sarif", "findings.sarif"), ("junit", "findings.xml"),
        ("github", "github.txt"),
    ])
    func `findings are written as they were`(_ format: String, _ name: String) async throws {
        let manifest = try String(contentsOf: Self.folder.appending(path: "shop.yaml"), encoding: .utf8)
        let outcome = try await CommandLine.use(["shop.yaml": manifest]) { shell in
            // What nginx this machine has makes no difference.
            try await shell.run("check", "--nginx-version", "1.22.1", "--format", format, "shop.yaml")
        }
        let file = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try outcome.text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try outcome.text == String(contentsOf: file, encoding: .utf8))
        #expect(outcome.status == 1)
    }
}
