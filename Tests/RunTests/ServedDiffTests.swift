import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// What `postern diff --state-dir` and `postern explain --state-dir` say of what serves.
@Suite(.timeLimit(.minutes(10)))
struct ServedDiffTests {
    @Test func `what serves is compared with manifests, file by file`() async throws {
        let first = try await TestSecret(for: "a.example")
        let second = try await TestSecret(for: "a.example")
        try await ControllerSite.use { site in
            func text(_ annotations: [String: String], _ secret: TestSecret) -> String {
                Manifest.ingress("a", annotations: annotations, secret: "a") + secret.manifest(named: "a")
                    + Manifest.service("a")
            }
            try site.write(text([:], first), to: "a.yaml")
            _ = try await site.run { _ in
                try await site.awaitCertificate(first, of: "a.example")
                func postern(_ command: String, _ more: String...) async throws -> Tool.Outcome {
                    try await Tool(built: "postern").run([command, "--state-dir", site.state] + site.ports + more)
                }
                let same = try await postern("diff", site.manifests)
                #expect(same.status == 0, "\(same.text)\(same.errors)")
                #expect(same.text.isEmpty)
                let agreed = try await postern("explain", "--as", "folder", "https://a.example/x", site.manifests)
                #expect(agreed.status == 0, "\(agreed.text)\(agreed.errors)")
                let id = try #require(site.generation(at: "current"))
                #expect(agreed.text.contains("generation \(id) serves it as explained: "))

                let other = "\(site.folder)/other.yaml"
                try text(["proxy-read-timeout": "7"], second).write(toFile: other, atomically: true, encoding: .utf8)
                let changed = try await postern("diff", other)
                #expect(changed.status == 1)
                #expect(changed.text.hasPrefix("generation \(id) serves; its manifests are not known"))
                #expect(changed.text.contains("\ntls/shop.a.pem changes\n"))
                let lines = changed.text.split(separator: "\n").map(String.init)
                let added = lines.filter { $0.hasPrefix("+ ") }.map { $0.dropFirst().drop { $0 == " " } }
                #expect(Set(added) == ["proxy_read_timeout 7s;"], "\(changed.text)")
                #expect(lines.contains { $0.hasPrefix("@@") && $0.contains("Ingress shop/a") })
                #expect(!changed.text.contains("PRIVATE KEY"))
                let json = try await postern("diff", "--format", "json", other)
                #expect(json.text.contains(#""tls/shop.a.pem changes""#))
                let otherwise = try await postern("explain", "--as", "folder", "https://a.example/x", other)
                #expect(otherwise.status == 1)
                #expect(otherwise.text.contains("generation \(id) serves it otherwise: "), "\(otherwise.text)")
                let refused = try await postern("diff", "--format", "markdown", other)
                #expect(refused.status == 2)
            }
            let nothing = try await site.postern("diff", "--state-dir", "\(site.folder)/none", site.manifests)
            #expect(nothing.status == 2)
            #expect(nothing.errors.contains("no generation is there"))
        }
    }
}
