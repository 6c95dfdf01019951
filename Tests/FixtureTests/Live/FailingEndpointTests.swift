import CurlTestSupport
import EchoBackend
import NginxSyntax
import ProxyConfiguration
import Testing

/// What becomes of clients whose endpoint fails while it is still there.
@Suite(.timeLimit(.minutes(10))) struct FailingEndpointTests {
    private static let fixture = Fixture(name: "affinity")

    /// Clients of an endpoint, which has failed when they come again.
    private static func run(
        _ path: String,
        _ body: (_ live: LiveFixture, _ visitors: [Visitor]) async throws -> Void
    ) async throws {
        try await LiveFixture.run(fixture) { live in
            try await EchoBackend.run(named: ["endpoint 1", "endpoint 2", "endpoint 3"]) { others in
                var visitors: [Visitor] = []
                try await EchoBackend.run(named: ["endpoint 0"]) { one in
                    let servers = try one.servers + others.servers
                    try await live.reload { $0.serve(servers) }
                    visitors = try await live.visitors(60, at: path)
                }
                try await body(live, visitors)
            }
        }
    }

    @Test(arguments: ["/plain", "/expires"])
    func `a client keeps its cookie, and others answer for as long as its endpoint fails`(_ path: String) async throws {
        try await Self.run(path) { live, visitors in
            let answers = try await live.visits(path, visitors.map(\.cookie))
            for (visitor, answer) in zip(visitors, answers) {
                #expect(answer.status == 200 && answer.cookie == nil)
                #expect((answer.echo?.backend == visitor.endpoint) == (visitor.endpoint != "endpoint 0"))
            }
            #expect(visitors.contains { $0.endpoint == "endpoint 0" })
        }
    }

    @Test(arguments: ["/failure", "/pinned"])
    func `a client stays at the endpoint that answers in place of its own`(_ path: String) async throws {
        try await Self.run(path) { live, visitors in
            let answers = try await live.visits(path, visitors.map(\.cookie))
            let moved = zip(visitors, answers).filter { $0.0.endpoint == "endpoint 0" }.map(\.1)
            let others = zip(visitors, answers).filter { $0.0.endpoint != "endpoint 0" }
            #expect(!moved.isEmpty)
            for (visitor, answer) in others {
                #expect(answer.echo?.backend == visitor.endpoint && answer.cookie == nil)
            }
            let cookies = try moved.map { try #require($0.cookie) }
            let again = try await live.visits(path, cookies)
            #expect(again.map(\.echo?.backend) == moved.map(\.echo?.backend))
            #expect(again.allSatisfy { $0.status == 200 && $0.cookie == nil })
        }
    }

    @Test func `a client that finds its first endpoint failing is kept at the next`() async throws {
        try await Self.run("/pinned") { live, _ in
            let visitors = try await live.visitors(60, at: "/pinned")
            let again = try await live.endpoints(of: visitors, at: "/pinned")
            #expect(again == visitors.map(\.endpoint))
        }
    }
}
