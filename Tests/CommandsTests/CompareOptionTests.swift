import ArgumentParser
import IngressTranslation
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

@testable import Commands

/// What `postern migrate --compare` takes.
struct CompareOptionTests {
    @Test(
        arguments: [
            ("http://192.0.2.1", "192.0.2.1:80", nil), ("https://192.0.2.1/", nil, "192.0.2.1:443"),
            ("http://old.example:8080", "old.example:8080", nil), ("192.0.2.1", "192.0.2.1:80", "192.0.2.1:443"),
            ("[2001:db8::1]", "[2001:db8::1]:80", "[2001:db8::1]:443"),
            ("https://[2001:db8::1]:8443", nil, "[2001:db8::1]:8443"),
            ("192.0.2.1:8080,8443", "192.0.2.1:8080", "192.0.2.1:8443"),
        ] as [(String, String?, String?)]
    )
    func `an address is a URL without a path, or a host with two ports`(
        _ text: String,
        _ http: String?,
        _ https: String?
    )
        throws
    {
        let address = try #require(ComparedAddress(text))
        #expect(address.connections[.http] == http)
        #expect(address.connections[.https] == https)
    }

    @Test(arguments: [
        "", "http://", "ftp://192.0.2.1", "http://192.0.2.1/path", "192.0.2.1:8080", "http://192.0.2.1:0",
        "http://192.0.2.1:80,443", "http://user@192.0.2.1", "http://192.0.2.1:http", "a b", "[::1",
        "http://192.0.2.1:70000",
    ])
    func `all else is none`(_ text: String) {
        #expect(ComparedAddress(text) == nil)
    }

    @Test func `what cannot be compared is refused`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let missing = try await shell.run("migrate", "--compare", "http://192.0.2.1", "web.yaml")
            #expect(missing.status == 2)
            let wrong = try await shell.run("migrate", "--compare", "web.yaml", "http://192.0.2.1/x", "web.yaml")
            #expect(wrong.errors.contains("'http://192.0.2.1/x' is no address of a controller"))
            let schemes = try await shell.run(
                "migrate",
                "--compare",
                "http://127.0.0.1",
                "https://127.0.0.1",
                "web.yaml"
            )
            #expect(schemes.errors.contains("have no scheme in common"))
            // Nobody listens at the first port.
            let closed = try await shell.run(
                "migrate",
                "--compare",
                "http://127.0.0.1:1",
                "http://127.0.0.1:1",
                "web.yaml"
            )
            #expect(closed.status == 2)
            #expect(closed.errors.contains("http://127.0.0.1:1 does not answer"))
        }
    }

    @Test func `each setting that accounts for a difference is one that differs`() {
        let differing = Set(
            SettingTable.all.filter { if case .different = $0.comparison { true } else { false } }.map(\.name)
        )
        #expect(ExplainedAspects.names.subtracting(differing).sorted() == [])
    }
}
