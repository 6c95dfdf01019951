import CurlTestSupport
import EchoBackend
import NginxSyntax
import ProxyConfiguration
import Testing

/// At which endpoints clients are kept, which no routing model knows.
@Suite(.timeLimit(.minutes(10))) struct AffinityTests {
    private static let fixture = Fixture(name: "affinity")

    @Test(arguments: [3, 8])
    func `a client keeps its endpoint, and few move when endpoints come and go`(_ count: Int) async throws {
        try await EchoBackend.run(named: (0...count).map { "endpoint \($0)" }) { backends in
            let servers = try backends.servers
            try await LiveFixture.run(
                Self.fixture,
                changing: { $0.serve(servers.dropLast()) },
                body: { live in
                    let visitors = try await live.visitors(200, at: "/plain")
                    let homes = visitors.map(\.endpoint)
                    #expect(Set(homes).count == count)
                    let again = try await live.endpoints(of: visitors, at: "/plain")
                    #expect(again == homes)
                    try await live.reload { $0.serve(servers) }
                    let grown = try await live.endpoints(of: visitors, at: "/plain")
                    let moved = zip(homes, grown).filter { $0 != $1 }.map { $1 }
                    // As many as the new one has to serve, which has nearly the same part of the ring as others. Chance
                    // goes beyond seven deviations in fewer than one run of a billion.
                    let share = 1 / Double(count + 1)
                    let most = 200 * 1.4 * share + 7 * (200 * share * (1 - share)).squareRoot()
                    #expect((1...Int(most)).contains(moved.count), "\(moved.count) of 200 moved")
                    #expect(moved.allSatisfy { $0 == "endpoint \(count)" })
                    try await live.reload { $0.serve(servers.dropFirst().dropLast()) }
                    let shrunk = try await live.endpoints(of: visitors, at: "/plain")
                    for (home, now) in zip(homes, shrunk) where home != "endpoint 0" { #expect(home == now) }
                    #expect(!shrunk.contains("endpoint 0"))
                }
            )
        }
    }

    @Test(arguments: ["/expires", "/pinned"])
    func `by persistent nobody moves whose endpoint is there, and others get a new cookie`(_ path: String) async throws
    {
        try await EchoBackend.run(named: (0..<8).map { "endpoint \($0)" }) { backends in
            let servers = try backends.servers
            try await LiveFixture.run(
                Self.fixture,
                changing: { $0.serve(servers.prefix(3)) },
                body: { live in
                    let visitors = try await live.visitors(120, at: path)
                    let homes = visitors.map(\.endpoint)
                    #expect(Set(homes).count == 3)
                    // One for each endpoint, whoever is there.
                    #expect(Set(visitors.map(\.cookie)).count == 3)
                    try await live.reload { $0.serve(servers) }
                    let grown = try await live.visits(path, visitors.map(\.cookie))
                    #expect(grown.map(\.echo?.backend) == homes)
                    #expect(grown.allSatisfy { $0.cookie == nil })
                    try await live.reload { $0.serve(servers.dropFirst()) }
                    let shrunk = try await live.visits(path, visitors.map(\.cookie))
                    for (visitor, response) in zip(visitors, shrunk) {
                        if visitor.endpoint == "endpoint 0" {
                            #expect(response.echo?.backend != "endpoint 0" && response.cookie != nil)
                        } else {
                            #expect(response.echo?.backend == visitor.endpoint && response.cookie == nil)
                        }
                    }
                    // They are spread over all others, and stay there.
                    let homeless = shrunk.filter { $0.cookie != nil }
                    #expect(Set(homeless.map(\.echo?.backend)).count > 3)
                    let again = try await live.visits(path, homeless.map(\.cookie))
                    #expect(again.map(\.echo?.backend) == homeless.map(\.echo?.backend))
                    #expect(again.allSatisfy { $0.cookie == nil })
                }
            )
        }
    }

    @Test func `a cookie says nothing of an address`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            let cookie = try #require(try await live.visits("/expires", [nil]).first?.cookie)
            #expect(cookie.wholeMatch(of: #/INGRESSCOOKIE=[0-9a-z]{8,13}\|[0-9a-z]{8,13}/#) != nil)
            let server = try #require(live.served.upstreams.first?.servers.first)
            let digits = server.description.split { !$0.isNumber }
            #expect(!digits.contains { $0.count > 3 && cookie.contains($0) })
        }
    }

    @Test(arguments: [
        ("http://app.example/plain", "", "INGRESSCOOKIE=…; Path=/plain; HttpOnly"),
        ("https://app.example/plain/x", "", "INGRESSCOOKIE=…; Path=/plain; HttpOnly; Secure"),
        ("http://app.example/expires", "", "INGRESSCOOKIE=…; Path=/expires; Max-Age=172800; HttpOnly; SameSite=Lax"),
        ("http://app.example/failure", "", "INGRESSCOOKIE=…; Path=/failure; HttpOnly"),
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
            #expect(cookie[start..<end].wholeMatch(of: #/=[0-9a-z]+\|[0-9a-z]+/#) != nil)
        }
    }
}
