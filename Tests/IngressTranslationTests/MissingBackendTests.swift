import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The answers in place of a backend that is not there.
struct MissingBackendTests {
    @Test(
        arguments: [
            // What the input has, and what is assumed of port "http" or 80.
            ("web:80", [], [], "192.0.2.1:80", "service-assumed"),
            ("web:http", [], [], "192.0.2.1:80", "service-assumed"),
            ("web:8443", [], [], "192.0.2.1:8443", "service-assumed"),
            (
                "web:80", [service("shop/web", Service.Port(port: 80, targetPort: .number(9000)))], [],
                "192.0.2.1:9000", "endpoints-assumed"
            ),
            (
                "web:80", [service("shop/web", Service.Port(port: 80, targetPort: .name("x")))], [], "192.0.2.1:80",
                "endpoints-assumed"
            ),
            ("web:81", [service()], [], nil, "service-port-not-found"),
            // Endpoints that are there count, also where none is ready.
            ("web:80", [service()], [slice("shop/web", [])], nil, "service-without-endpoints"),
            ("web:80", [], [slice("shop/web", ["10.0.0.1"])], "192.0.2.1:80", "service-assumed"),
            ("web:0", [], [], nil, "service-port-not-found"),
            ("Web_1:80", [], [], nil, "service-port-not-found"),
        ] as [(String, [Service], [EndpointSlice], String?, String)]
    )
    func `manifests alone are enough`(
        _ wanted: String,
        _ services: [Service],
        _ slices: [EndpointSlice],
        _ server: String?,
        _ finding: String
    ) throws {
        let result = try translation(wanted, services, slices, with: offline())
        #expect(result.configuration.upstreams.flatMap(\.servers).map(\.description) == (server.map { [$0] } ?? []))
        #expect(result.codes == [finding])
        #expect(result.configuration.flawsOfNothingServed == (server == nil))
    }

    @Test func `an assumption is told of once`() throws {
        let result = translate(
            snapshot([
                ingress("shop/b", rule("a.example", path("/"), path("/x"))),
                ingress("shop/a", rule("b.example", path("/"))),
            ]),
            with: try offline()
        )
        #expect(
            result.findings == ["Ingress shop/b spec.rules[0].http.paths[0].backend.service.name note service-assumed"]
        )
    }

    @Test func `what is missing on a cluster answers 503 for each path`() throws {
        let result = try translation("web:80", [])
        #expect(result.answer("a.example", "/") == "503")
        let field = "spec.rules[0].http.paths[0].backend.service.name"
        #expect(result.findings == ["Ingress shop/web \(field) error service-not-found"])
    }

    @Test func `a resource answers 404`() throws {
        var web = ingress(rule("a.example", path("/")))
        web.rules[0].paths?[0].backend = .resource(apiGroup: "x", kind: "Bucket", name: "b")
        let result = try translated(web)
        #expect(result.answer("a.example", "/") == "404")
        #expect(
            result.findings == [
                "Ingress shop/web spec.rules[0].http.paths[0].backend.resource warning backend-is-resource"
            ]
        )
    }

    @Test(
        arguments: [
            ([service("shop/web", Service.Port(port: 8080), Service.Port(port: 80))], "shop_web_8080 /", []),
            ([externalName("shop/web", "api.example")], "api.example:80 /", []),
            ([], "503", ["default-backend-unavailable"]),
        ] as [([Service], String, [String])]
    )
    func `the controller's default backend serves what no Ingress does`(
        _ services: [Service],
        _ answer: String,
        _ codes: [String]
    ) throws {
        let snapshot = snapshot(
            [ingress(rule("a.example"))],
            services: services,
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        let result = translate(snapshot, with: try settings { $0.defaultBackendService = NamespacedName("shop/web") })
        #expect(result.answer("a.example", "/") == answer)
        #expect(result.answer("other.example", "/") == answer)
        #expect(result.codes == codes)
        #expect(result.configuration.resolvers.isEmpty == !answer.hasPrefix("api.example"))
    }

    @Test func `a Service that is there and of no use is not told to be missing`() throws {
        let web = ingress(rule("a.example", path("/", to: "web:80")))
        var bad = snapshot([web])
        bad.refused = [try #require(ObjectReference(kind: "Service", namespace: "shop", name: "web"))]
        for settings in [try settings(), try offline()] {
            let result = translate(bad, with: settings)
            #expect(result.codes == ["service-refused"])
            #expect(result.answer("a.example", "/") == "503")
        }
        var cache = TranslationCache()
        _ = translate(bad, with: try settings(), cache: &cache)
        #expect(translate(snapshot([web]), with: try settings(), cache: &cache).codes == ["service-not-found"])
        #expect(translate(bad, with: try settings(), cache: &cache).codes == ["service-refused"])
    }
}

extension Configuration {
    fileprivate var flawsOfNothingServed: Bool { flaws.isEmpty && upstreams.isEmpty }
}
