import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// Certificates that are renewed, or that a renewal has spoilt, and what goes on beside.
@Suite(.timeLimit(.minutes(10)))
struct CertificateTests {
    private static let options = ["--certificates", "live"]

    @Test func `a renewed default certificate serves hosts without one, and sessions go on`() async throws {
        let (old, new) = (try await TestSecret(for: "default.example"), try await TestSecret(for: "default.example"))
        let own = try await TestSecret(for: "a.example")
        try await ControllerSite.use { site in
            func write(_ secret: TestSecret) throws {
                try site.writeHosts(own)
                try site.write(secret.manifest(named: "default"), to: "default.yaml")
            }
            func session(_ options: String...) async throws -> String {
                let address = "127.0.0.1:\(site.httpsPort)"
                let client = ["s_client", "-connect", address, "-servername", "a.example", "-tls1_2"]
                return try await Tool("openssl").run(client + options).text
            }
            try write(old)
            _ = try await site.run(Self.options + ["--default-ssl-certificate", "shop/default"]) { _ in
                try await site.awaitCertificate(own, of: "a.example")
                try await site.awaitCertificate(old, of: "b.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
                let workers = site.workers
                let file = "\(site.folder)/session"
                let first = try await session("-sess_out", file)
                #expect(first.contains("New, TLSv1.2"), "\(first)")
                try write(new)
                for host in ["b.example", "unknown.example"] { try await site.awaitCertificate(new, of: host) }
                try await site.awaitCertificate(own, of: "a.example")
                let second = try await session("-sess_in", file)
                #expect(second.contains("Reused, TLSv1.2"), "\(second)")
                #expect(site.workers == workers)
            }
        }
    }

    @Test(arguments: ["live", "reload"])
    func `a Secret that turns bad keeps the certificate that it had, over a restart too, until a good one comes`(
        _ reading: String
    ) async throws {
        let (old, new) = (try await TestSecret(for: "a.example"), try await TestSecret(for: "a.example"))
        var bad = new
        bad.key = old.key
        try await ControllerSite.use { site in
            let options = ["--certificates", reading]
            try site.writeHosts(old)
            let end = try await site.run(options) { postern in
                try await site.awaitCertificate(old, of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") != nil }
                try site.writeHosts(bad)
                try await postern.awaitLog("its last good form serves")
                try site.writeHosts(bad, to: "/v2")
                try await site.awaitAnswer("302 /v2", of: "a.example")
                try await site.awaitCertificate(old, of: "a.example")
                try await eventually("it is remembered") { site.generation(at: "good") == site.liveGeneration }
            }
            #expect(!end.log.contains("the default certificate serves"), "\(end.log)")
            let (workers, generation) = (site.workers, site.generation(at: "current"))
            _ = try await site.run(options) { postern in
                try await postern.awaitLog("its last good form serves")
                try await eventually("it has looked") {
                    site.status?.processIdentifier == postern.processIdentifier
                }
                try await site.awaitCertificate(old, of: "a.example")
                #expect(site.generation(at: "current") == generation)
                try site.writeHosts(new, to: "/v2")
                try await site.awaitCertificate(new, of: "a.example")
                if reading == "live" {
                    #expect(site.workers.isSubset(of: workers) && site.generation(at: "current") == generation)
                }
                try await eventually("nothing is set aside any more") { site.status?.setAside.isEmpty ?? false }
            }
        }
    }
}
