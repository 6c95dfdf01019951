import CurlTestSupport
import Diagnostics
import ProxyConfiguration
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct WebSocketTests {
    /// As [RFC 6455](https://www.rfc-editor.org/rfc/rfc6455#section-1.3) has it.
    private static let upgrade = """
        GET /socket HTTP/1.1
        Host: shop.example
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


        """

    @Test func `a WebSocket reaches its backend through a host that asks for nothing special`() async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "headers-websocket" })
        try await LiveFixture.run(fixture) { live in
            try await RawConnection.use(to: live.client.address, port: LivePorts.http) { connection in
                try await connection.write(Array(Self.upgrade.replacing("\n", with: "\r\n").utf8))
                let head = try await connection.readHead()
                #expect(head.hasPrefix("HTTP/1.1 101 "))
                #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
                // A text frame with the mask 0.
                try await connection.write([0x81, 0x82, 0, 0, 0, 0] + Array("hi".utf8))
                #expect(try await connection.read(4) == [0x81, 2] + Array("hi".utf8))
            }
        }
    }

    @Test func `WebSockets go both ways behind a rewrite and a service that is asked, and end as either side says`()
        async throws
    {
        let fixture = try #require(Fixture.all.first { $0.name == "websocket-behind-auth" })
        try await LiveFixture.run(fixture, beforeBackendsAt: { $0.origin?.name == "oauth" ? 9_001 : 9_000 }) { live in
            let outcomes = try await PythonPeers.run(
                "websocket-peers.py",
                in: "websockets-venv",
                live.client.address,
                "\(LivePorts.http)",
                "\(LivePorts.https)"
            )
            #expect(
                outcomes == [
                    "the backend speaks first": "/socket/room?a=b for somebody",
                    "messages come back in order": "True",
                    "a megabyte comes back": "True",
                    "a ping is answered": "True",
                    "closed by the client": "1000 done",
                    "by TLS": "/socket/room?a=b for somebody",
                    "closed by the backend": "4001 as asked",
                    "refused": "401",
                ]
            )
        }
    }
}
