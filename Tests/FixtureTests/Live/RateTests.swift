import CurlTestSupport
import Testing

/// What the routing model does not know of a response: how fast it is sent.
@Suite(.timeLimit(.minutes(10))) struct RateTests {
    @Test func `a response is sent no faster than its location allows`() async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "limit-rate" })
        try await LiveFixture.run(fixture) { live in
            // The echo tells of the request, and so has more bytes than this.
            var request = try #require(CurlRequest("GET http://shop.example/slow"))
            request.headers += ["X-A", "X-B"].map { ($0, String(repeating: "a", count: 7_000)) }
            let start = ContinuousClock.now
            #expect(try await live.client.send(request).status == 200)
            #expect(ContinuousClock.now - start > .seconds(2))
        }
    }
}
