import CurlTestSupport
import EchoBackend
import NginxSyntax
import ProxyConfiguration
import Testing

/// At which endpoints clients are kept, which no routing model knows.
@Suite(.timeLimit(.minutes(10))) struct AffinityTests {
    private static let fixture = Fixture(name: "affinity")

    /// A client that has got a cookie, and the endpoint that served it.
    private struct Visitor: Equatable {
        var cookie: String
        var endpoint: String
    }

    /// Clients without a cookie.
    private static func visitors(_ count: Int, _ live: LiveFixture) async throws -> [Visitor] {
        var request = try #require(CurlRequest("GET http://app.example/plain"))
        request.headers.append(("Accept", "application/json"))
        return try await live.client.send(Array(repeating: request, count: count)).map { response in
            let cookie = try #require(response.header("Set-Cookie")?.prefix { $0 != ";" })
            return Visitor(cookie: String(cookie), endpoint: try #require(response.echo?.backend))
        }
    }

    /// The endpoints that serve clients now.
    private static func endpoints(of visitors: [Visitor], _ live: LiveFixture) async throws -> [String] {
        let requests = try visitors.map { visitor in
            var request = try #require(CurlRequest("GET http://app.example/plain"))
            request.headers += [("Accept", "application/json"), ("Cookie", "a=b; \(visitor.cookie)")]
            return request
        }
        return try await live.client.send(requests).map { try #require($0.echo?.backend) }
    }

    @Test func `a client keeps its endpoint, and few move when endpoints come and go`() async throws {
        try await EchoBackend.run(named: (0..<9).map { "endpoint \($0)" }) { backends in
            let servers = try backends.sorted { $0.key < $1.key }.map { _, address in
                SocketAddress.internet(
                    try #require(IPAddress(address.host)),
                    try #require(PortNumber(Int(address.port)))
                )
            }
            try await LiveFixture.run(
                Self.fixture,
                changing: { $0.serve(servers.dropLast()) },
                body: { live in
                    let visitors = try await Self.visitors(200, live)
                    let homes = visitors.map(\.endpoint)
                    #expect(Set(homes).count == 8)
                    let again = try await Self.endpoints(of: visitors, live)
                    #expect(again == homes)
                    try await live.reload { $0.serve(servers) }
                    let grown = try await Self.endpoints(of: visitors, live)
                    let moved = zip(homes, grown).filter { $0 != $1 }.map { $1 }
                    // A ninth of them, as consistent hashing has it.
                    #expect((1...50).contains(moved.count), "\(moved.count) of 200 moved")
                    #expect(moved.allSatisfy { $0 == "endpoint 8" })
                    try await live.reload { $0.serve(servers.dropFirst().dropLast()) }
                    let shrunk = try await Self.endpoints(of: visitors, live)
                    for (home, now) in zip(homes, shrunk) where home != "endpoint 0" { #expect(home == now) }
                    #expect(!shrunk.contains("endpoint 0"))
                }
            )
        }
    }

    @Test(arguments: [
        ("http://app.example/plain", "", "INGRESSCOOKIE=…; Path=/plain; HttpOnly"),
        ("https://app.example/plain/x", "", "INGRESSCOOKIE=…; Path=/plain; HttpOnly; Secure"),
        ("http://app.example/expires", "", "INGRESSCOOKIE=…; Path=/expires; Max-Age=172800; HttpOnly; SameSite=Lax"),
        (
            "http://app.example/named", "Firefox/120.0",
            "shop-route=…; Path=/; Max-Age=3600; Domain=app.example; HttpOnly; Secure; SameSite=None"
        ),
        (
            "http://app.example/named", "Mozilla/5.0 (X11; Linux) AppleWebKit/537.36 Chrome/62.0.3202.94 Safari/537.36",
            "shop-route=…; Path=/; Max-Age=3600; Domain=app.example; HttpOnly; Secure"
        ),
    ])
    func `the cookie says what is set`(_ url: String, _ browser: String, _ expected: String) async throws {
        try await LiveFixture.run(Self.fixture) { live in
            var request = try #require(CurlRequest("GET \(url)"))
            request.headers.append(("User-Agent", browser))
            request.headers.append(("Cookie", "shop-route-b=c; INGRESSCOOKIES=d"))
            let cookie = try #require(try await live.client.send(request).header("Set-Cookie"))
            let end = try #require(cookie.firstIndex(of: ";"))
            let start = try #require(cookie.firstIndex(of: "="))
            #expect(cookie[..<start] + "=…" + cookie[end...] == expected)
            #expect(cookie[start..<end].count == 33)
        }
    }
}

extension Configuration {
    /// Has every upstream those servers.
    fileprivate mutating func serve(_ servers: some Collection<SocketAddress>) {
        upstreams = upstreams.map { upstream in
            var upstream = upstream
            upstream.servers = Array(servers)
            return upstream
        }
    }
}
