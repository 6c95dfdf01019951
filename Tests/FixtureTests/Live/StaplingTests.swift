import Diagnostics
import Foundation
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// What clients are shown of certificates' revocation, by a responder that is OpenSSL's.
@Suite(.timeLimit(.minutes(10))) struct StaplingTests {
    private static let host = "stapled.example"

    /// Runs nginx with a certificate that names a responder at an address of its own, in a folder that a responder can
    /// work in.
    private static func run(
        _ body: (TLSClient, _ folder: URL, _ responder: BackgroundProgram.Place) async throws -> Void
    ) async throws {
        let place = (host: try LoopbackAddress.unique().description, port: UInt16(8_079))
        try await TemporaryFolder.use { folder in
            let content = try await certificate(naming: "http://\(place.host):\(place.port)/", in: folder)
            let change = { (configuration: inout Configuration) in
                let name = configuration.servers.first { $0.host.text == host }?.certificate
                let index = try #require(configuration.privateFiles.firstIndex { $0.file == name })
                configuration.privateFiles[index].content = content
            }
            try await LiveFixture.run(Fixture(name: "tls-ocsp"), changing: change) { live in
                try await body(TLSClient(live), folder, place)
            }
        }
    }

    /// Makes an authority, and a certificate of it that names a responder.
    private static func certificate(naming url: String, in folder: URL) async throws -> SecretBytes {
        try Data(authority.utf8).write(to: folder.appending(path: "ca.cnf"))
        try Data().write(to: folder.appending(path: "index.txt"))
        try Data("51\n".utf8).write(to: folder.appending(path: "serial"))
        for command in [
            "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.crt -subj /CN=root -days 9",
            "req -new -newkey rsa:2048 -nodes -keyout own.key -out own.csr -subj /CN=\(host) "
                + "-addext subjectAltName=DNS:\(host) -addext authorityInfoAccess=OCSP;URI:\(url)",
            "ca -batch -notext -config ca.cnf -cert root.crt -keyfile root.key -in own.csr -out own.crt -days 8",
        ] {
            let outcome = try await Tool("openssl").run(command.split(separator: " ").map(String.init), in: folder)
            guard outcome.succeeded else { throw Tool.Failure(description: outcome.errors) }
        }
        let parts = try ["own.crt", "root.crt", "own.key"].map { try Data(contentsOf: folder.appending(path: $0)) }
        return SecretBytes(parts.flatMap { Array($0) })
    }

    private static let authority = """
        [ca]
        default_ca = tests
        [tests]
        database = index.txt
        new_certs_dir = .
        serial = serial
        default_md = sha256
        policy = names
        copy_extensions = copy
        [names]
        commonName = supplied

        """

    @Test func `a client that asks is shown what the responder says, as soon as it has said it`() async throws {
        try await Self.run { client, folder, place in
            let script = path(of: Fixture.resource("ocsp-responder.py"))
            let command = [try Tool("python3").path, script, place.host, "\(place.port)"]
            try await BackgroundProgram.run(command, listeningAt: [place], in: folder) {
                try await eventually("a stapled response") {
                    let reported = try await client.handshake(Self.host, "-status")
                    #expect(reported.contains("Verify return code"))
                    return reported.contains("OCSP Response Status: successful")
                        && reported.contains("Cert Status: good")
                }
                #expect(try await client.handshake("shop.example", "-status").contains("no response sent"))
            }
        }
    }

    @Test func `a responder that does not answer holds nobody up`() async throws {
        try await Self.run { client, _, _ in
            let clock = ContinuousClock()
            let time = try await clock.measure {
                for _ in 0..<3 {
                    let reported = try await client.handshake(Self.host, "-status")
                    #expect(reported.contains("no response sent") && reported.contains("HTTP/1.1 200"))
                }
            }
            #expect(time < .seconds(60))
        }
    }
}
