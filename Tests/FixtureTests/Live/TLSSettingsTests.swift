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

    /// OpenSSL's client itself speaks those before 1.2 at a low level of security alone.
    @Test(
        arguments: [("-tls1", nil), ("-tls1_1", nil), ("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")]
            as [(String, String?)]
    )
    func `by default the two newest versions are spoken, and none before`(
        _ option: String,
        _ version: String?
    ) async throws {
        try await Self.run("tls-one-host") { client, _ in
            let reported = try await client.handshake("shop.example", option, "-cipher", "DEFAULT@SECLEVEL=0")
            #expect(reported.contains("HTTP/1.1 ") == (version != nil), "\(reported)")
            #expect(version.map { reported.contains("Protocol  : \($0)") || reported.contains("New, \($0)") } ?? true)
        }
    }

    @Test func `clients without an allowed curve or cipher are refused`() async throws {
        try await Self.run("tls-settings") { client, _ in
            let curve = try await client.handshake("shop.example", "-tls1_2", "-curves", "P-384")
            #expect(curve.contains("handshake failure"))
            let other = "ECDHE-ECDSA-AES128-GCM-SHA256"
            let cipher = try await client.handshake("shop.example", "-tls1_2", "-cipher", other)
            #expect(cipher.contains("handshake failure"))
        }
    }

    @Test func `nginx remembers sessions, across a reload as well, where nothing else is set`() async throws {
        try await Self.run("tls-one-host") { client, live in
            try await TemporaryFolder.use { folder in
                let session = path(of: folder.appending(path: "session.pem"))
                let host = "shop.example"
                let first = try await client.handshake(host, "-tls1_2", "-sess_out", session)
                #expect(first.contains("New, TLS") && !first.contains("TLS session ticket:"))
                #expect(try await client.handshake(host, "-tls1_2", "-sess_in", session).contains("Reused, TLS"))
                try await live.nginx.reload()
                #expect(try await client.handshake(host, "-tls1_2", "-sess_in", session).contains("Reused, TLS"))
            }
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
                let reported = try await client.handshake("shop.example", options[0], options[1], options[2])
                #expect(reported.contains("DH, 2048 bits") == hasParameters, "\(reported)")
                #expect(reported.contains("handshake failure") == !hasParameters)
            }
        }
    }
}
