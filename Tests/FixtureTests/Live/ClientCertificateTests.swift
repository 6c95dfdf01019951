import CurlTestSupport
import EchoBackend
import Foundation
import TestSupport
import Testing

/// What comes of clients by the certificates that they show, and by the hosts that their handshakes name.
@Suite(.timeLimit(.minutes(10))) struct ClientCertificateTests {
    private static let fixture = Fixture(name: "client-certificates")

    /// A client that shows one of the fixture's certificates.
    private static func client(_ live: LiveFixture, showing name: String?) -> CurlClient {
        var client = live.client
        client.certificate = name.map { fixture.folder.appending(path: "\($0).pem") }
        return client
    }

    @Test func `a certificate of the authority is good unless it is revoked, has another name, or is a stranger's`()
        async throws
    {
        let cases: [(host: String, certificate: String?, status: Int)] = [
            ("required", "ann", 200), ("required", "annika", 200), ("required", "revoked", 400),
            ("required", "foreign", 400), ("required", nil, 400), ("optional", "ann", 200),
            ("optional", "revoked", 400), ("optional", "foreign", 400), ("anybody", "foreign", 200),
            ("page", "revoked", 302), ("page", "ann", 200), ("off", "foreign", 200), ("named", "ann", 200),
            // The whole name has to match, and a comma in it begins no other.
            ("named", "annika", 403), ("named", "comma", 403), ("named", "revoked", 400), ("named", "foreign", 400),
            ("assumed", "ann", 403),
        ]
        try await LiveFixture.run(Self.fixture) { live in
            for (host, certificate, status) in cases {
                let client = Self.client(live, showing: certificate)
                let answer = try await client.send("GET https://\(host).example/").status
                #expect(answer == status, "\(certificate ?? "none") at \(host)")
            }
        }
    }

    @Test func `backends are told of a certificate, and of none that a client makes up`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            var request = try #require(CurlRequest("GET https://required.example/"))
            request.headers += ["ssl-client-verify", "ssl-client-subject-dn", "ssl-client-cert"].map { ($0, "forged") }
            request.headers.append(("Accept", "application/json"))
            let reported = try #require(try await Self.client(live, showing: "ann").send(request).echo)
            #expect(reported.header("ssl-client-verify") == "SUCCESS")
            #expect(reported.header("ssl-client-subject-dn") == "CN=ann")
            #expect(reported.header("ssl-client-issuer-dn")?.contains("CN=Postern fixtures clients") ?? false)
            #expect(reported.header("ssl-client-cert")?.hasPrefix("-----BEGIN%20CERTIFICATE-----") ?? false)
            request.host = "named.example"
            let untold = try #require(try await Self.client(live, showing: "ann").send(request).echo)
            #expect(untold.header("ssl-client-cert") == nil)
        }
    }

    /// CVE-2025-23419.
    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `a session of another host lets nobody in without a certificate`(_ version: String) async throws {
        try await LiveFixture.run(Self.fixture) { live in
            let client = TLSClient(live)
            for (host, certificate) in [("off.example", nil), ("anybody.example", "foreign")] {
                try await TemporaryFolder.use { folder in
                    let session = path(of: folder.appending(path: "session"))
                    let file = certificate.map { path(of: Self.fixture.folder.appending(path: "\($0).pem")) }
                    let shown = file.map { ["-cert", $0, "-key", $0] } ?? []
                    let first = try await client.handshake(host, [version, "-sess_out", session] + shown)
                    #expect(first.contains("HTTP/1.1 200"))
                    let again = try await client.handshake(host, [version, "-sess_in", session] + shown)
                    #expect(again.contains("Reused, ") && again.contains("HTTP/1.1 200"), "no session is taken up")
                    let other = try await client.handshake("required.example", [version, "-sess_in", session])
                    #expect(!other.contains("HTTP/1.1 200"), "\(host): \(other)")
                }
            }
        }
    }

    @Test func `a request for another host than the handshake names comes to none that asks for certificates`()
        async throws
    {
        try await LiveFixture.run(Self.fixture) { live in
            let others = [("off.example", nil), ("optional.example", "ann"), ("anybody.example", "foreign")]
            for (name, certificate) in others {
                var request = try #require(CurlRequest("GET https://required.example/"))
                request.serverName = .name(name)
                #expect(try await Self.client(live, showing: certificate).send(request).status == 421, "\(name)")
            }
            var request = try #require(CurlRequest("GET https://required.example/"))
            request.serverName = .omitted
            #expect(try await live.client.send(request).status == 400)
        }
    }
}
