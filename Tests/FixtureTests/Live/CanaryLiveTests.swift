import CurlTestSupport
import Diagnostics
import EchoBackend
import ProxyConfiguration
import TestSupport
import Testing

/// What a canary takes where the other Ingress has settings of every kind, and how much.
@Suite(.timeLimit(.minutes(10))) struct CanaryLiveTests {
    private static let fixture = Fixture(name: "canary-beside-others")
    private static let canary = "shop/canary:80"

    /// Seven times the deviation that chance makes: fewer than one run of a billion is off.
    private static func bound(_ total: Int) -> Double { 7 * (0.3 * 0.7 / Double(total)).squareRoot() }

    @Test func `a canary gets its share of requests`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            let answers = try await live.visits("/plain", Array(repeating: nil, count: 2_000))
            let taken = answers.count { $0.echo?.backend == Self.canary }
            #expect(abs(Double(taken) / 2_000 - 0.3) < Self.bound(2_000), "\(taken) of 2000")
        }
    }

    @Test func `a canary gets its share of clients, and these stay`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            let visitors = try await live.visitors(600, at: "/kept")
            let taken = visitors.count { $0.endpoint == Self.canary }
            #expect(abs(Double(taken) / 600 - 0.3) < Self.bound(600), "\(taken) of 600")
            let again = try await live.endpoints(of: visitors, at: "/kept")
            #expect(again == visitors.map(\.endpoint))
        }
    }

    @Test func `requests count for a limit wherever they come to`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            var statuses: [Int] = []
            for word in ["always", "never"] {
                let answers = try await live.visits("/limited", Array(repeating: nil, count: 5), [("X-Canary", word)])
                statuses += answers.map(\.status)
            }
            // 2 a minute, and 6 more at once: the first is free.
            #expect(statuses == Array(repeating: 200, count: 7) + Array(repeating: 503, count: 3))
        }
    }

    @Test(arguments: ["always", "never"])
    func `a WebSocket reaches the backend that is chosen`(_ word: String) async throws {
        let upgrade = """
            GET /kept HTTP/1.1
            Host: app.example
            Upgrade: websocket
            Connection: Upgrade
            X-Canary: \(word)
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==


            """
        try await LiveFixture.run(Self.fixture) { live in
            let service = word == "always" ? "canary" : "main"
            let upstream = try #require(live.configuration.upstreams.first { $0.origin?.name == service })
            try await RawConnection.use(to: live.client.address, port: LivePorts.http) { connection in
                try await connection.write(Array(upgrade.replacing("\n", with: "\r\n").utf8))
                let head = try await connection.readHead()
                #expect(head.hasPrefix("HTTP/1.1 101 "))
                // The cookie has the mark of the backend that answers.
                #expect(head.contains("|\(Backend.upstream(upstream.name).sessionMark); Path=/kept;"))
                // A text frame with the mask 0.
                try await connection.write([0x81, 0x82, 0, 0, 0, 0] + Array("hi".utf8))
                #expect(try await connection.read(4) == [0x81, 2] + Array("hi".utf8))
            }
        }
    }
}
