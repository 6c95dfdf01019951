import CurlTestSupport
import Testing

/// CORS on refusals, which the routing model does not know: of large bodies, and of failing backends.
@Suite(.timeLimit(.minutes(10))) struct CORSRefusalTests {
    @Test(
        arguments: [
            ("https://other.example", "https://other.example"), ("https://evil.example", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func `a refusal before any backend is asked tells pages who may read it`(
        origin: String?,
        allowed: String?
    ) async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "cors-beside-others" })
        try await LiveFixture.run(fixture) { live in
            var request = try #require(CurlRequest("POST https://shop.example/other"))
            request.headers += origin.map { [("Origin", $0)] } ?? []
            request.body = "more than eight bytes"
            let response = try await live.client.send(request)
            #expect(response.status == 413)
            #expect(response.header("Access-Control-Allow-Origin") == allowed)
            #expect(response.header("Access-Control-Allow-Credentials") == nil)
            #expect(response.header("Vary") == "Origin")
            #expect(response.header("Strict-Transport-Security") == "max-age=31536000; includeSubDomains")
        }
    }
}
