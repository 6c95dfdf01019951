import CurlTestSupport
import EchoBackend
import ProxyConfiguration
import Testing

/// Whether clients stay with a canary that they have come to.
@Suite(.timeLimit(.minutes(10))) struct CanaryAffinityTests {
    private static let fixture = Fixture(name: "affinity-canary")
    private static let always = [("X-Canary", "always")]

    @Test(arguments: ["/sticky", "/pinned", "/odd"])
    func `clients stay where they have come first`(_ path: String) async throws {
        try await LiveFixture.run(Self.fixture) { live in
            let some = try await live.visitors(4, at: path, Self.always)
            let others = try await live.visitors(4, at: path)
            #expect(some.allSatisfy { $0.endpoint == "shop/canary:80" })
            #expect(others.allSatisfy { $0.endpoint == "shop/main:80" })
            for (visitors, headers) in [(some, [("X-Canary", "never")]), (others, Self.always)] {
                let again = try await live.visits(path, visitors.map(\.cookie), headers)
                #expect(again.map(\.echo?.backend) == visitors.map(\.endpoint))
                #expect(again.allSatisfy { $0.cookie == nil })
            }
        }
    }

    @Test func `by legacy a canary gives no cookie, and clients of the other Ingress stay there`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            let first = try await live.visits("/legacy", [nil, nil], Self.always)
            #expect(first.allSatisfy { $0.echo?.backend == "shop/canary:80" && $0.cookie == nil })
            let others = try await live.visitors(2, at: "/legacy")
            let again = try await live.visits("/legacy", others.map(\.cookie), Self.always)
            #expect(again.allSatisfy { $0.echo?.backend == "shop/main:80" && $0.cookie == nil })
        }
    }

    @Test func `a client that came before the canary stays, and one that came to it moves when it ends`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            try await live.reload { $0.endCanaries() }
            let early = try await live.visitors(4, at: "/sticky")
            try await live.reload { _ in }
            let stayed = try await live.visits("/sticky", early.map(\.cookie), Self.always)
            #expect(stayed.allSatisfy { $0.echo?.backend == "shop/main:80" && $0.cookie == nil })
            let late = try await live.visitors(4, at: "/sticky", Self.always)
            try await live.reload { $0.endCanaries() }
            let moved = try await live.endpoints(of: late, at: "/sticky")
            #expect(moved.allSatisfy { $0 == "shop/main:80" })
        }
    }

    @Test func `a cookie of another Service is changed for one of the backend that serves`() async throws {
        try await LiveFixture.run(Self.fixture) { live in
            let responses = try await live.visits("/sticky", ["route=abc|other"], Self.always)
            #expect(responses.first?.cookie?.hasPrefix("route=abc|") ?? false)
        }
    }
}

extension Configuration {
    /// Leaves the canaries out.
    fileprivate mutating func endCanaries() {
        servers = servers.map { server in
            var server = server
            server.locations = server.locations.map { location in
                guard case .proxy(var proxying) = location.action else { return location }
                proxying.backends.canary = nil
                var location = location
                location.action = .proxy(proxying)
                return location
            }
            return server
        }
    }
}
