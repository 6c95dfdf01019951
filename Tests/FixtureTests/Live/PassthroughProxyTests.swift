import CurlTestSupport
import Foundation
import Incremental
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// Proxies in front of an nginx that passes TLS of some hosts on.
@Suite(.timeLimit(.minutes(10))) struct PassthroughProxyTests {
    private static func client(_ live: LiveFixture, from address: String) -> ClientFrom {
        ClientFrom(address: address, place: "\(live.client.address):\(LivePorts.https)")
    }

    private static func log(_ live: LiveFixture) throws -> String {
        try String(contentsOfFile: live.accessLog, encoding: .utf8)
    }

    @Test func `only proxies that are believed name clients`() async throws {
        try await PassthroughTests.run(Fixture(name: "ssl-passthrough-behind-proxies")) { live in
            let stranger = Self.client(live, from: "127.0.0.5")
            let forged = try await stranger.get(
                "https://shop.example/",
                "X-Forwarded-For: 198.51.100.7",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: evil.example"
            )
            #expect(forged.status == "200" && forged.body.contains("x-real-ip: 127.0.0.5"), "\(forged)")
            #expect(
                forged.body.contains("x-forwarded-proto: https")
                    && forged.body.contains("x-forwarded-host: shop.example")
            )
            let proxy = Self.client(live, from: "127.0.0.1")
            let told = try await proxy.get(
                "https://shop.example/",
                "X-Forwarded-For: 198.51.100.7",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: front.example"
            )
            #expect(told.status == "200" && told.body.contains("x-real-ip: 198.51.100.7"), "\(told)")
            #expect(
                told.body.contains("x-forwarded-proto: http\n") && told.body.contains("x-forwarded-host: front.example")
            )
            // Redirects are answered before nginx looks at addresses; the log has them all the same.
            for (client, header) in [(stranger, "X-Forwarded-For: 198.51.100.9"), (proxy, "X-Other: 1")] {
                #expect(try await client.get("https://moved.example/", header).status == "301")
            }
            try await eventually("the log has the clients") {
                let lines = try Self.log(live).split(separator: "\n").filter { $0.contains(" 301 ") }
                return lines.map { $0.prefix { $0 != " " } } == ["127.0.0.5", "127.0.0.1"]
            }
            let log = try Self.log(live)
            #expect(!log.contains("unix:"), "\(log)")
        }
    }

    @Test func `where everybody is believed a header names the client, and without one the connection does`()
        async throws
    {
        try await PassthroughTests.run(
            Fixture(name: "ssl-passthrough-behind-proxies"),
            changing: { live in
                live.settings.forwarding?.proxies = [
                    try #require(CIDRBlock("0.0.0.0/0")), try #require(CIDRBlock("::/0")),
                ]
                for index in live.servers.indices {
                    for number in live.servers[index].locations.indices
                    where live.servers[index].locations[number].policy.access != nil {
                        live.servers[index].locations[number].policy.access?.denied = [
                            try #require(CIDRBlock("127.0.0.6/32"))
                        ]
                    }
                }
            }
        ) { live in
            let client = Self.client(live, from: "127.0.0.5")
            let plain = try await client.get("https://shop.example/")
            #expect(plain.status == "200" && plain.body.contains("x-real-ip: 127.0.0.5"), "\(plain)")
            #expect(plain.body.contains("x-forwarded-for: 127.0.0.5\n"))
            let named = try await client.get("https://shop.example/", "X-Forwarded-For: 198.51.100.7")
            #expect(named.status == "200" && named.body.contains("x-real-ip: 198.51.100.7"), "\(named)")
            #expect(named.body.contains("x-forwarded-for: 198.51.100.7, 127.0.0.5"))
            #expect(try await client.get("https://shop.example/", "X-Forwarded-For: 192.0.2.1").status == "403")
            // A list of networks is asked about the line where no header names anybody.
            #expect(try await Self.client(live, from: "127.0.0.6").get("https://shop.example/").status == "403")
            #expect(try await client.get("https://moved.example/").status == "301")
            #expect(try await client.get("https://moved.example/", "X-Forwarded-For: 203.0.113.9").status == "403")
            let log = try Self.log(live)
            #expect(!log.contains("unix:"), "\(log)")
        }
    }

    @Test(arguments: [1, 2]) func `HAProxy's lines name clients to HTTPS, and TLS is passed on without them`(
        _ version: Int
    ) async throws {
        let front = try ClaimedPort.next()
        let place = "127.0.0.1:\(front)"
        try await PassthroughTests.run(
            Fixture(name: "ssl-passthrough-proxy-protocol"),
            changing: { live in
                for index in live.listeners.indices { live.listeners[index].readsProxyLine = true }
            }
        ) { live in
            let https = "\(live.client.address):\(LivePorts.https)"
            try await StreamPeers.haProxy(
                at: front,
                to: https,
                acceptingAt: try ClaimedPort.next(),
                version: version
            ) {
                let passed = try await TLSClient(at: place).handshake("vault.example")
                #expect(passed.contains("CN = backend.example") && passed.contains("HTTP/1.0 200"), "\(passed)")
                // The network of the list has the client, and not HAProxy.
                let client = ClientFrom(address: "127.0.0.5", place: place)
                let answer = try await client.get("https://shop.example/", "X-Forwarded-Proto: http")
                #expect(answer.status == "200" && answer.body.contains("x-real-ip: 127.0.0.5"), "\(answer)")
                #expect(answer.body.contains("x-forwarded-for: 127.0.0.5\n"))
                // HAProxy is believed, as at any other port.
                #expect(answer.body.contains("x-forwarded-proto: http\n"), "\(answer)")
                let stranger = ClientFrom(address: "127.0.0.77", place: place)
                #expect(try await stranger.get("https://shop.example/").status == "403")
                // Each client has a limit of its own.
                #expect(try await client.get("https://shop.example/").status == "200")
                #expect(try await client.get("https://shop.example/").status == "503")
                #expect(
                    try await ClientFrom(address: "127.0.0.6", place: place).get("https://shop.example/").status
                        == "200"
                )
                try await eventually("both logs have the clients") {
                    let stream = try live.streamLog
                    let log = try Self.log(live)
                    return stream.contains("[127.0.0.1]") && !stream.contains("[127.0.0.9]")
                        && log.contains("127.0.0.5 - ") && log.contains("127.0.0.77 - ") && !log.contains("127.0.0.9")
                }
            }
            // Nobody is served without a line, neither by HTTPS nor by what is passed on.
            for host in ["vault.example", "shop.example"] {
                let refused = try await TLSClient(live).handshake(host)
                #expect(!refused.contains("BEGIN CERTIFICATE"), "\(refused)")
            }
        }
    }

    @Test func `who sends no line is let go in time`() async throws {
        try await PassthroughTests.run(
            Fixture(name: "ssl-passthrough-proxy-protocol"),
            changing: { live in
                for index in live.listeners.indices { live.listeners[index].readsProxyLine = true }
                live.streams?.settings.lineTime = TimeSpan(seconds: 1)
            }
        ) { live in
            let start = ContinuousClock.now
            try await RawConnection.use(to: live.client.address, port: LivePorts.https) { connection in
                let answer = try await connection.readToEnd()
                #expect(answer == "")
            }
            // nginx's own limit is 30 seconds.
            #expect(ContinuousClock.now - start < .seconds(25))
        }
    }

    @Test(arguments: [1, 2]) func `the same lines name clients where no TLS is passed on`(_ version: Int) async throws {
        let front = try ClaimedPort.next()
        let place = "127.0.0.1:\(front)"
        try await LiveFixture.run(
            Fixture(name: "ssl-passthrough-proxy-protocol"),
            changing: { live in
                live.streams = nil
                live.settings.forwarding?.believesOwnSocket = false
                for index in live.listeners.indices { live.listeners[index].readsProxyLine = true }
            }
        ) { live in
            let https = "\(live.client.address):\(LivePorts.https)"
            try await StreamPeers.haProxy(
                at: front,
                to: https,
                acceptingAt: try ClaimedPort.next(),
                version: version
            ) {
                let client = ClientFrom(address: "127.0.0.5", place: place)
                let answer = try await client.get("https://shop.example/", "X-Forwarded-Proto: http")
                #expect(answer.status == "200" && answer.body.contains("x-real-ip: 127.0.0.5"), "\(answer)")
                #expect(answer.body.contains("x-forwarded-proto: http\n"), "\(answer)")
                let stranger = ClientFrom(address: "127.0.0.77", place: place)
                #expect(try await stranger.get("https://shop.example/").status == "403")
            }
            let refused = try await TLSClient(live).handshake("shop.example")
            #expect(!refused.contains("BEGIN CERTIFICATE"), "\(refused)")
        }
    }
}
