import Testing

/// The feature `ingress_class` of the Ingress controllers' conformance suite.
@Suite(.timeLimit(.minutes(10)))
struct IngressClassTests {
    private static let feature = Feature(services: ["ingress-class-prefix"]) { place in
        let rules = { (host: String) in
            """
              rules:
              - host: \(host)
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: ingress-class-prefix, port: {number: 8080}}}}

            """
        }
        return place.ingress("test-ingress-class", class: "some-invalid-class-name") + rules("ingress-class")
            + place.ingress("known-ingress-class") + rules("known-ingress-class")
    }

    @Test(arguments: Feed.allCases)
    func `an Ingress of a class that nobody serves gets neither traffic nor an address`(_ feed: Feed) async throws {
        try await Stage.use(Self.feature, from: feed) { stage in
            try await stage.awaitAddress(of: "known-ingress-class")
            #expect(try await stage.addresses(of: "test-ingress-class") ?? [] == [])
            try await stage.check("its class", "GET http://known-ingress-class/", .served(by: "ingress-class-prefix"))
            try await stage.check("an unknown class", "GET http://ingress-class/", .status(404))
        }
    }
}
