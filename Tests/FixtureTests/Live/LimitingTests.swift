import CurlTestSupport
import Incremental
import NginxSyntax
import NginxTestSupport
import ProxyConfiguration
import Testing

/// What a real nginx counts of clients, which no routing model knows.
@Suite(.timeLimit(.minutes(10))) struct LimitingTests {
    private static func run(_ body: (LiveFixture) async throws -> Void) async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "limits" })
        try await LiveFixture.run(fixture, body: body)
    }

    /// The statuses of requests that are sent one after another over one connection, without a pause.
    private static func statuses(_ live: LiveFixture, _ lines: [String]) async throws -> [Int] {
        try await live.client.send(lines.map { try #require(CurlRequest($0)) }).map(\.status)
    }

    private static func requests(_ path: String, _ count: Int) -> [String] {
        Array(repeating: "GET http://app.example\(path)", count: count)
    }

    @Test func `of many requests at once so many are served as the rate and the burst allow`() async throws {
        try await Self.run { live in
            // 2 a minute, and 6 more at once: the first is free.
            let statuses = try await Self.statuses(live, Self.requests("/minute", 20))
            #expect(statuses == Array(repeating: 200, count: 7) + Array(repeating: 503, count: 13))
        }
    }

    @Test func `a rate a second is one, and its refusal has the status that is set`() async throws {
        try await Self.run { live in
            let start = ContinuousClock.now
            let statuses = try await Self.statuses(live, Self.requests("/second", 20))
            let seconds = Int((ContinuousClock.now - start).components.seconds) + 1
            let served = statuses.count { $0 == 200 }
            #expect((6...(6 + seconds)).contains(served))
            #expect(statuses.count { $0 == 503 } == 20 - served)
        }
    }

    @Test func `the paths of an Ingress count together, and those of another for themselves`() async throws {
        try await Self.run { live in
            let both = Self.requests("/minute", 4) + Self.requests("/together", 4)
            let served = try await Self.statuses(live, both).count { $0 == 200 }
            let other = try await Self.statuses(live, Self.requests("/other", 3))
            #expect(served == 7)
            #expect(other == [200, 200, 503])
        }
    }

    @Test func `a client of an exempt network has no limits`() async throws {
        try await Self.run { live in
            let statuses = try await Self.statuses(live, Self.requests("/exempt", 20))
            #expect(statuses == Array(repeating: 200, count: 20))
        }
    }

    /// Also where the limits, and the networks without them, have become others: nginx keeps what it has counted.
    @Test func `a reload forgives nothing`() async throws {
        try await Self.run { live in
            _ = try await Self.statuses(live, Self.requests("/minute", 7))
            let unchanged = try await Self.statuses(live, Self.requests("/minute", 1))
            try await live.nginx.reload()
            let reloaded = try await Self.statuses(live, Self.requests("/minute", 1))
            try await live.reload { configuration in
                configuration.changeLimits { limits in
                    limits.exempt = [CIDRBlock("10.0.0.0/8")].compactMap(\.self)
                    limits.perMinute?.requests = 3
                }
            }
            let changed = try await Self.statuses(live, Self.requests("/minute", 1))
            #expect([unchanged, reloaded, changed] == [[503], [503], [503]])
        }
    }

    @Test func `no more requests are under way at once than are allowed`() async throws {
        try await Self.run { live in
            // The echo tells of the request, and so has more bytes than are sent in a second.
            var request = try #require(CurlRequest("GET http://app.example/connections"))
            request.headers += ["X-A", "X-B"].map { ($0, String(repeating: "a", count: 7_000)) }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { [request] group in
                for _ in 0..<5 { group.addTask { try await live.client.send(request).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.sorted() == [200, 200, 429, 429, 429])
        }
    }
}

extension Configuration {
    fileprivate mutating func changeLimits(_ change: (inout ClientLimits) -> Void) {
        servers = servers.map { server in
            var server = server
            server.locations = server.locations.map { location in
                var location = location
                if var limits = location.policy.limits {
                    change(&limits)
                    location.policy.limits = limits
                }
                return location
            }
            return server
        }
    }
}
