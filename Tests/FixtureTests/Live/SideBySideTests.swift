import CurlTestSupport
import EchoBackend
import NginxSyntax
import ProxyConfiguration
import Testing

/// Ingresses that choose among the endpoints of one Service in ways of their own.
@Suite(.timeLimit(.minutes(10))) struct SideBySideTests {
    private static let fixture = Fixture(name: "balancing-side-by-side")

    /// Serves by endpoints that are named by numbers from 0.
    private static func run(_ count: Int, _ body: (LiveFixture) async throws -> Void) async throws {
        try await EchoBackend.run(named: (0..<count).map(String.init)) { backends in
            let servers = try backends.servers
            try await LiveFixture.run(fixture, changing: { $0.serve(servers) }, body: body)
        }
    }

    /// The endpoints that serve a user's requests.
    private static func endpoints(_ path: String, _ user: String, _ count: Int, _ live: LiveFixture) async throws
        -> [String]
    {
        try await live.visits("\(path)?user=\(user)", Array(repeating: nil, count: count)).map {
            try #require($0.echo?.backend)
        }
    }

    @Test func `no Ingress disturbs how another chooses`() async throws {
        try await Self.run(4) { live in
            let visitors = try await live.visitors(12, at: "/kept?user=a")
            for user in ["a", "b", "c"] {
                let hashed = try await Self.endpoints("/hashed", user, 6, live)
                #expect(Set(hashed).count == 1)
                // One worker takes them in turn, and which one a connection comes to is nobody's choice.
                let plain = try await Self.endpoints("/plain", user, 40, live)
                #expect(Set(plain).count == 4)
                let again = try await Self.endpoints("/hashed", user, 6, live)
                #expect(again == hashed)
            }
            let kept = try await live.endpoints(of: visitors, at: "/kept?user=b")
            #expect(kept == visitors.map(\.endpoint))
            #expect(Set(kept).count > 1)
            let plain = try await live.visits("/plain", visitors.map(\.cookie))
            #expect(plain.allSatisfy { $0.cookie == nil })
        }
    }

    @Test func `a key chooses a set of endpoints, and chance one of the set`() async throws {
        try await Self.run(7) { live in
            var sets: [[String]] = []
            for user in 0..<24 {
                let served = Set(try await Self.endpoints("/sets", "\(user)", 24, live)).sorted()
                #expect(served.count == 2)
                if !sets.contains(served) { sets.append(served) }
            }
            // The last of them has an endpoint of the first.
            #expect(sets.count == 4)
            #expect(Set(sets.joined()).count == 7)
        }
    }

    @Test func `a set is never larger than all endpoints`() async throws {
        try await Self.run(4) { live in
            let large = try await Self.endpoints("/large", "a", 60, live)
            #expect(Set(large).count == 4)
            let usual = try await Self.endpoints("/usual", "a", 60, live)
            #expect(Set(usual).count == 3)
        }
    }
}
