import ControllerTestSupport
import CurlTestSupport
import Foundation
import TestSupport
import Testing

/// HTTP/3, which no nginx before 1.25 speaks; `make newer` runs it, and `make test` leaves it out.
@Suite(.timeLimit(.minutes(10)))
struct NewerHTTP3Tests {
    @Test func `a renewed certificate is shown by HTTP/3 too, and a connection that is open goes on`() async throws {
        let (old, new) = (try await TestSecret(for: "a.example"), try await TestSecret(for: "a.example"))
        try await ControllerSite.use { site in
            var site = site
            // Claimed ports are marked as such by UDP, and begin above that one.
            site.httpsPort -= 3_000
            let offer = ["--http3", "--http3-public-port", "\(site.httpsPort)"]
            try site.writeHosts(old)
            _ = try await site.run(["--certificates", "live"] + offer) { [site] _ in
                try await site.awaitCertificate(old, of: "a.example")
                try await eventually("it is settled") { site.status?.generation != nil }
                let offered = try await site.client.send("GET https://a.example/").headers("Alt-Svc")
                #expect(offered == ["h3=\":\(site.httpsPort)\"; ma=86400"])
                let workers = site.workers
                async let outcomes = Self.outcomes(on: site, until: new)
                let file = Self.file(on: site)
                try await eventually("a connection is open") { FileManager.default.fileExists(atPath: file) }
                try site.writeHosts(new)
                #expect(
                    try await outcomes == [
                        "first certificate": old.fingerprint,
                        "last certificate": new.fingerprint,
                        "alternatives": "h3=\":\(site.httpsPort)\"; ma=86400",
                        "by new connections": "302",
                        "by the connection that is kept": "302",
                        "by the session of before": "302",
                        "is resumed": "True",
                        "early data": "None",
                    ]
                )
                #expect(site.workers == workers && !workers.isEmpty)
            }
        }
    }

    private static func file(on site: ControllerSite) -> String { "\(site.folder)/is-open" }

    /// What came of requests by HTTP/3, until a new connection was shown a certificate.
    private static func outcomes(on site: ControllerSite, until secret: TestSecret) async throws -> [String: String] {
        let python = PackageRoot.url.appending(path: ".build/quic-venv/bin/python3").path
        try #require(FileManager.default.isExecutableFile(atPath: python), "no Python at \(python); run `make newer`")
        let script = PackageRoot.url.appending(path: "Tests/RunTests/Resources/http3-client.py").path
        let outcome = try await Tool(at: python).run(
            [script, "127.0.0.1", "\(site.httpsPort)", "a.example", secret.fingerprint, file(on: site)]
        )
        guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
        return try JSONDecoder().decode([String: String].self, from: Data(outcome.output))
    }
}
