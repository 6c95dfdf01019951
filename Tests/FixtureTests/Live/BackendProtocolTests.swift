import CurlTestSupport
import ProxyConfiguration
import Testing

@Suite(.timeLimit(.minutes(10))) struct BackendProtocolTests {
    /// nginx answers a plain request to a port of TLS with 400.
    @Test(arguments: [("GET http://either.example/a", 400), ("GET https://either.example/a", 200)])
    func `what may be spoken either way is spoken as the client does`(line: String, status: Int) async throws {
        let fixture = Fixture(name: "backend-protocol-https")
        try await LiveFixture.run(fixture, insteadOfEither: .https) { live in
            for _ in 0..<3 {
                let request = try #require(CurlRequest(line))
                #expect(try await live.client.send(request).status == status)
            }
        }
    }

    @Test func `two protocols of one Service share no connection`() async throws {
        let fixture = Fixture(name: "backend-protocol-https")
        try await LiveFixture.run(fixture) { live in
            for _ in 0..<10 {
                for path in ["plain", "secure/a"] {
                    let request = try #require(CurlRequest("GET http://shop.example/\(path)"))
                    #expect(try await live.client.send(request).status == 200)
                }
            }
        }
    }
}
