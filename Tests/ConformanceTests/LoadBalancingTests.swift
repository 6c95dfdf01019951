import CurlTestSupport
import EchoBackend
import Testing

/// The feature `load_balancing` of the Ingress controllers' conformance suite.
@Suite(.timeLimit(.minutes(10)))
struct LoadBalancingTests {
    private static let feature = Feature(services: ["echo-service"], replicas: 10) { place in
        place.ingress("load-balancing") + """
              defaultBackend: {service: {name: echo-service, port: {number: 8080}}}

            """
    }

    @Test(arguments: Feed.allCases)
    func `a hundred requests reach all ten endpoints of a Service`(_ feed: Feed) async throws {
        try await Stage.use(Self.feature, from: feed) { stage in
            try await stage.awaitAddress(of: "load-balancing")
            var answered: Set<String> = []
            for _ in 0..<100 {
                let response = try await stage.client.send("GET http://load-balancing/")
                #expect(response.status == 200)
                if let echo = response.echo { answered.insert(echo.backend) }
            }
            #expect(answered == Set((0..<10).map { "echo-service/\($0)" }))
        }
    }
}
