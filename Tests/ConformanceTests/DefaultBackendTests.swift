import CurlTestSupport
import EchoBackend
import Testing

/// The feature `default_backend` of the Ingress controllers' conformance suite.
@Suite(.timeLimit(.minutes(10)))
struct DefaultBackendTests {
    private static let feature = Feature(services: ["echo-service"]) { place in
        place.ingress("default-backend") + """
              defaultBackend: {service: {name: echo-service, port: {number: 8080}}}

            """
    }

    @Test(arguments: Feed.allCases)
    func `an Ingress without rules sends all requests to its default backend`(_ feed: Feed) async throws {
        try await Stage.use(Self.feature, from: feed) { stage in
            try await stage.awaitAddress(of: "default-backend")
            for line in [
                "GET http://my-host/", "GET http://my-host/sub-path", "POST http://some-host/",
                "PUT http://127.0.0.1/resource",
                "DELETE http://some-host/resource", "PATCH http://my-host/resource",
            ] {
                var request = try #require(CurlRequest(line))
                request.headers = [("Accept", "application/json"), ("User-Agent", "conformance/1")]
                let response = try await stage.client.send(request)
                #expect(response.status == 200, "\(line)")
                for name in ["Content-Length", "Content-Type", "Date", "Server"] {
                    #expect(response.header(name)?.isEmpty == false, "\(line): \(name)")
                }
                let echo = try #require(response.echo)
                #expect(echo.service == "echo-service")
                #expect("\(echo.method) \(echo.uri) \(echo.version)" == "\(request.method) \(request.target) HTTP/1.1")
                #expect(echo.header("User-Agent") == "conformance/1")
                #expect(echo.header("Host") == request.host)
            }
        }
    }
}
