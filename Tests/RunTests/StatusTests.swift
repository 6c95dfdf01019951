import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The output of `postern status`.
@Suite(.timeLimit(.minutes(10)))
struct StatusTests {
    @Test func `it tells what serves, as text and as JSON, and whether that is what the source says`() async throws {
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a") + Manifest.service("a"), to: "a.yaml")
            _ = try await site.run { _ in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                let id = try #require(site.generation(at: "current"))
                let text = try await site.postern("status", "--state-dir", site.state)
                #expect(text.status == 0)
                #expect(text.text.contains("nginx     serves generation \(id) since "), "\(text.text)")
                #expect(text.text.contains("findings  none"))
                let json = try await site.postern("status", "--state-dir", site.state, "--format", "json")
                #expect(json.status == 0)
                let seen = try JSONDecoder().decode(Seen.self, from: Data(json.output))
                #expect(seen == Seen(live: id, isRunning: true))
            }
            let unattended = try await site.postern("status", "--state-dir", site.state)
            #expect(unattended.status == 0 && unattended.text.contains("not running; this was so at"))
            kill(site.master, SIGQUIT)
            try await eventually("nginx ends") { !isAlive(site.master) }
            let silent = try await site.postern("status", "--state-dir", site.state)
            #expect(silent.status == 1 && silent.text.contains("nginx     does not answer"), "\(silent.text)")
        }
    }

    @Test func `certificates are told by their expiry, the first to expire first`() async throws {
        let (late, soon) = (try await TestSecret(for: "a.example", days: 300), try await TestSecret(for: "b.example"))
        try await ControllerSite.use { site in
            try site.write(Manifest.ingress("a", secret: "a") + late.manifest(named: "a"), to: "a.yaml")
            try site.write(Manifest.ingress("b", secret: "b") + soon.manifest(named: "b"), to: "b.yaml")
            _ = try await site.run { _ in
                try await site.awaitCertificate(late, of: "a.example")
                let text = try await site.postern("status", "--state-dir", site.state).text
                let files = text.matches(of: /tls\/[a-z.]+pem expires/).map { String($0.output) }
                #expect(
                    files == ["tls/shop.b.pem expires", "tls/shop.a.pem expires", "tls/default.pem expires"],
                    "\(text)"
                )
            }
        }
    }

    @Test func `of very many certificates those are told that expire first`() async throws {
        let (late, soon) = (try await TestSecret(for: "*.example", days: 300), try await TestSecret(for: "b.example"))
        try await ControllerSite.use { site in
            let others = (1...200).map { Manifest.ingress("a\($0)", secret: "a\($0)") + late.manifest(named: "a\($0)") }
            try site.write(others.joined(), to: "a.yaml")
            try site.write(Manifest.ingress("b", secret: "b") + soon.manifest(named: "b"), to: "b.yaml")
            _ = try await site.run { _ in
                try await site.awaitCertificate(soon, of: "b.example")
                let text = try await site.postern("status", "--state-dir", site.state).text
                let files = text.matches(of: /tls\/[a-z0-9.]+pem expires/).map { String($0.output) }
                #expect(files.count == 200 && files.first == "tls/shop.b.pem expires", "\(text)")
                #expect(text.contains("and 2 more, which expire later"), "\(text)")
            }
        }
    }

    @Test func `it tells why an Ingress is not served that names another class`() async throws {
        try await ControllerSite.use { site in
            let others = Manifest.ingress("b").replacing("spec:\n", with: "spec:\n  ingressClassName: traefik\n")
            try site.write(Manifest.ingress("a") + Manifest.service("a") + others, to: "a.yaml")
            _ = try await site.run { _ in
                try await site.awaitFirstSwap("302 /v1", of: "a.example")
                let text = try await site.postern("status", "--state-dir", site.state)
                #expect(
                    text.text.contains(
                        """

                        left out:
                            Ingress shop/b: IngressClass 'traefik' does not exist; the Ingress is left out \
                        (--ingress-class traefik takes the Ingresses of this class)

                        """
                    ),
                    "\(text.text)"
                )
            }
        }
    }

    @Test func `without a status it exits with 2`() async throws {
        try await ControllerSite.use { site in
            let outcome = try await site.postern("status", "--state-dir", site.state)
            #expect(outcome.status == 2 && outcome.text.isEmpty)
            #expect(outcome.errors.contains("\(site.state)/status.json: there is no status here"), "\(outcome.errors)")
        }
    }

    private struct Seen: Decodable, Equatable {
        var live: String?
        var isRunning: Bool
    }
}
