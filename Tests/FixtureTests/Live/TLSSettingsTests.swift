import CurlTestSupport
import TestSupport
import Testing

/// What clients are offered by TLS, as OpenSSL's own client sees it.
@Suite(.timeLimit(.minutes(10))) struct TLSSettingsTests {
    private static func run(_ name: String, _ body: (CurlClient) async throws -> Void) async throws {
        let fixture = try #require(Fixture.all.first { $0.name == name })
        try await LiveFixture.run(fixture) { try await body($0.client) }
    }

    /// What `openssl s_client` tells of a handshake.
    private static func handshake(_ client: CurlClient, _ host: String?, _ options: String...) async throws -> String {
        let name = host.map { ["-servername", $0] } ?? ["-noservername"]
        let place = ["s_client", "-connect", "\(client.address):\(LivePorts.https)"]
        let outcome = try await Tool("openssl").run(place + name + options)
        return String(decoding: outcome.output, as: UTF8.self) + outcome.errors
    }

    @Test func `versions, ciphers and curves are those that are allowed, and ciphers those of the host`() async throws {
        try await Self.run("tls-settings") { client in
            let usual = try await Self.handshake(client, "shop.example", "-tls1_2", "-alpn", "h2,http/1.1")
            #expect(usual.contains("AES256-GCM-SHA384"))
            #expect(usual.contains("prime256v1") || usual.contains("P-256"))
            #expect(usual.contains("ALPN protocol: http/1.1"))
            let other = try await Self.handshake(client, "other.example", "-tls1_2")
            #expect(other.contains("CHACHA20-POLY1305"))
            let newer = try await Self.handshake(client, "shop.example", "-tls1_3")
            #expect(newer.contains("alert protocol version"))
        }
    }

    @Test func `handshakes for unknown hosts are refused`() async throws {
        try await Self.run("tls-unknown-hosts-refused") { client in
            let known = try await Self.handshake(client, "shop.example")
            #expect(known.contains("Cipher is TLS_"))
            for host in ["unknown.example", nil] {
                let unknown = try await Self.handshake(client, host)
                #expect(unknown.contains("unrecognized name"))
            }
        }
    }
}
