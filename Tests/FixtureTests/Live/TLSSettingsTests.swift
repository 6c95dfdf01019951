import Foundation
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// What clients are offered by TLS, as OpenSSL's own client sees it.
@Suite(.timeLimit(.minutes(10))) struct TLSSettingsTests {
    private static func run(
        _ name: String,
        changing change: (inout Configuration) throws -> Void = { _ in },
        _ body: (TLSClient, LiveFixture) async throws -> Void
    ) async throws {
        let fixture = try #require(Fixture.all.first { $0.name == name })
        try await LiveFixture.run(fixture, changing: change) { try await body(TLSClient($0), $0) }
    }

    @Test func `versions, ciphers and curves are those that are allowed, and ciphers those of the host`() async throws {
        try await Self.run("tls-settings") { client, _ in
            let usual = try await client.handshake("shop.example", "-tls1_2", "-alpn", "h2,http/1.1")
            #expect(usual.contains("AES256-GCM-SHA384"))
            #expect(usual.contains("prime256v1") || usual.contains("P-256"))
            #expect(usual.contains("ALPN protocol: http/1.1"))
            for host in ["other.example", "plain.example"] {
                let own = try await client.handshake(host, "-tls1_2")
                #expect(own.contains("CHACHA20-POLY1305"), "\(host)")
            }
            let newer = try await client.handshake("shop.example", "-tls1_3")
            #expect(newer.contains("alert protocol version"))
        }
    }

    @Test func `handshakes for unknown hosts are refused`() async throws {
        try await Self.run("tls-unknown-hosts-refused") { client, _ in
            let known = try await client.handshake("shop.example")
            #expect(known.contains("Cipher is TLS_"))
            for host in ["unknown.example", nil] {
                let unknown = try await client.handshake(host)
                #expect(unknown.contains("unrecognized name"))
            }
        }
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"], [true, false])
    func `with a key of tickets a session is taken up again after a reload, and without one it is not`(
        _ version: String,
        _ hasKey: Bool
    ) async throws {
        try await Self.run("tls-tickets") {
            if !hasKey { $0.settings.tls.sessionTicketKey = nil }
        } _: { client, live in
            try await TemporaryFolder.use { folder in
                let session = path(of: folder.appending(path: "session.pem"))
                let host = "shop.example"
                #expect(try await client.handshake(host, version, "-sess_out", session).contains("New, TLS"))
                #expect(try await client.handshake(host, version, "-sess_in", session).contains("Reused, TLS"))
                try await live.nginx.reload()
                let word = hasKey ? "Reused, TLS" : "New, TLS"
                #expect(try await client.handshake(host, version, "-sess_in", session).contains(word))
            }
        }
    }

    @Test func `clients without curves exchange keys by the parameters of the Secret, and else not at all`()
        async throws
    {
        let options = ["-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256"]
        for hasParameters in [true, false] {
            try await Self.run("tls-tickets") {
                if !hasParameters { $0.settings.tls.keyExchangeParameters = nil }
            } _: { client, _ in
                let told = try await client.handshake("shop.example", options[0], options[1], options[2])
                #expect(told.contains("DH, 2048 bits") == hasParameters, "\(told)")
                #expect(told.contains("handshake failure") == !hasParameters)
            }
        }
    }
}
