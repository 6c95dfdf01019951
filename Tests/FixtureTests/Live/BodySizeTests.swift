import CurlTestSupport
import Testing

/// Behaviour that depends on the size of a request's body, which the routing model does not know.
@Suite(.timeLimit(.minutes(10))) struct BodySizeTests {
    @Test(arguments: [
        ("proxying-every-setting", "/set", "four", 200), ("proxying-every-setting", "/set", "fives", 413),
        ("proxying-every-setting", "/usual", "fives", 200), ("class-parameters-proxying", "/", "fives", 413),
        ("class-parameters-proxying", "/upload", "fives", 200),
    ])
    func `a body that is larger than its location allows is refused`(
        name: String,
        path: String,
        body: String,
        status: Int
    ) async throws {
        let fixture = try #require(Fixture.all.first { $0.name == name })
        try await LiveFixture.run(fixture) { live in
            var request = try #require(CurlRequest("POST http://shop.example\(path)"))
            request.body = body
            #expect(try await live.client.send(request).status == status)
        }
    }
}
