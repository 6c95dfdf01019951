import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The choice that Postern makes where nobody says when nginx reads certificates; `make newer` runs it, and `make test`
/// leaves it out.
@Suite(.timeLimit(.minutes(10)))
struct NewerRenewalTests {
    @Test(arguments: [(249, false), (250, true)])
    func `from so many certificates on they are read when clients come`(count: Int, areLive: Bool) async throws {
        // That of hosts without their own is one of them.
        let hosts = count - 1
        try await ControllerSite.use { site in
            var site = site
            try site.write(try await Self.manifests(of: hosts), to: "hosts.yaml")
            let (first, second) = (try await TestSecret(for: "a.example"), try await TestSecret(for: "a.example"))
            try site.writeHosts(first)
            // Root would give the keys away.
            try await site.giveAway()
            _ = try await site.run { postern in
                try await site.awaitCertificate(first, of: "a.example")
                try await eventually("it is settled") { site.status?.swaps.map(\.result) == ["settled"] }
                let (workers, generation) = (site.workers, site.generation(at: "current"))
                #expect(!workers.isEmpty)
                let answers = try await site.shakingHands {
                    try site.writeHosts(second)
                    try await site.awaitCertificate(second, of: "a.example")
                }
                #expect(Set(answers.keys) == ["302"], "\(answers)")
                try await eventually("it is told") { site.status?.swaps.count == 2 }
                #expect(site.status?.swaps.map(\.result) == [areLive ? "replaced" : "settled", "settled"])
                #expect((site.workers == workers) == areLive)
                #expect((site.generation(at: "current") == generation) == areLive)
            }
        }
    }

    /// Hosts with a certificate each, all of one key.
    private static func manifests(of hosts: Int) async throws -> String {
        try await TemporaryFolder.use { folder in
            let script = """
                openssl ecparam -name prime256v1 -genkey -noout -out key
                for number in $(seq 1 \(hosts - 1)); do
                    openssl req -x509 -new -key key -days 2 -subj "/CN=h$number.example" \\
                        -addext "subjectAltName=DNS:h$number.example" -out $number
                done
                """
            let outcome = try await Tool("sh").run(["-ec", script], in: folder)
            guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
            let key = try Data(contentsOf: folder.appending(path: "key")).base64EncodedString()
            return try (1..<hosts).map { number in
                let certificate = try Data(contentsOf: folder.appending(path: "\(number)")).base64EncodedString()
                let secret = """
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: "h\(number)", namespace: shop}
                    type: kubernetes.io/tls
                    data: {tls.crt: \(certificate), tls.key: \(key)}

                    """
                return Manifest.ingress("h\(number)", secret: "h\(number)") + secret
            }.joined()
        }
    }
}
