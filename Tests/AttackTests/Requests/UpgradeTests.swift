import EchoBackend
import Testing

/// Requests to change to a protocol in which others would pass that nobody routes.
@Suite(.timeLimit(.minutes(10))) struct UpgradeTests {
    @Test func `no client changes to another HTTP behind the proxy`() async throws {
        try await RequestSite.use { site in
            let upgrades = [
                "h2c", "H2C", " h2c ", "\th2c", "h2c\t", "h2c, websocket", "websocket, h2c", "websocket,h2c", "h2c/1.0",
                "h2c;a",
                "\"h2c\"", "h2", "HTTP/2.0", "http/1.1", "HTTPS", "TLS/1.2", "h2c\u{B}", "",
            ]
            for upgrade in upgrades {
                let echo = try await site.echo(
                    "GET / HTTP/1.1",
                    "Host: a.example",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: \(upgrade)",
                    "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA"
                )
                #expect(echo?.backend == "web", "\(upgrade)")
                for header in ["Upgrade", "Connection", "HTTP2-Settings"] {
                    #expect(echo?.header(header) == nil, "\(upgrade)")
                }
            }
        }
    }

    @Test func `a header that comes twice brings nothing else along`() async throws {
        try await RequestSite.use { site in
            for upgrades in [["example", "h2c"], ["h2c", "example"]] {
                let headers = upgrades.map { "Upgrade: \($0)" }.joined(separator: "\r\n")
                let echo = try await site.echo("GET / HTTP/1.1", "Host: a.example", "Connection: upgrade", headers)
                #expect(echo?.backend == "web")
                #expect(echo?.header("Upgrade")?.contains("h2c") != true)
            }
        }
    }

    @Test(arguments: ["example", "SPDY/3.1", "h2cat"])
    func `a client changes to other protocols`(_ upgrade: String) async throws {
        try await RequestSite.use { site in
            let echo = try await site.echo(
                "GET / HTTP/1.1",
                "Host: a.example",
                "Connection: Upgrade",
                "Upgrade: \(upgrade)"
            )
            #expect(echo?.header("Upgrade") == upgrade)
            #expect(echo?.header("Connection") == "upgrade")
        }
    }
}
