import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Who serves the requests for a port of a Service.
struct BackendTests {
    /// The translation of one path to `wanted` of Service `shop/web`.
    private func translation(
        _ wanted: String,
        _ services: [Service],
        _ slices: [EndpointSlice] = [],
        with settings: TranslationSettings? = nil
    ) throws -> Translation {
        let snapshot = snapshot(
            [ingress(rule("a.example", path("/", to: wanted)))],
            services: services,
            slices: slices
        )
        return translate(snapshot, with: try settings ?? IngressTranslationTests.settings())
    }

    private static let ports = [
        Service.Port(name: "http", port: 80, targetPort: .name("web")),
        Service.Port(name: "admin", port: 8080, targetPort: .number(9000)),
        Service.Port(name: "dns", port: 53, targetPort: .number(53), transport: "UDP"),
        Service.Port(name: "dns-tcp", port: 53, targetPort: nil),
    ]

    private static let slices = [
        slice("shop/web", ["10.0.0.2", "10.0.0.1"], port: 3000, name: "http"),
        slice("shop/web", ["10.0.0.3"], port: 3001, name: "http"),
        slice("shop/web", ["10.0.0.1"], port: 9000, name: "admin"),
        slice("shop/web", ["10.0.0.1"], port: 53, name: "dns-tcp"),
    ]

    @Test(arguments: [
        // The number of the Service, the name, or what the Service's target is called.
        ("web:80", "shop_web_80", ["10.0.0.1:3000", "10.0.0.2:3000", "10.0.0.3:3001"]),
        ("web:http", "shop_web_80", ["10.0.0.1:3000", "10.0.0.2:3000", "10.0.0.3:3001"]),
        ("web:web", "shop_web_80", ["10.0.0.1:3000", "10.0.0.2:3000", "10.0.0.3:3001"]),
        ("web:8080", "shop_web_8080", ["10.0.0.1:9000"]), ("web:9000", "shop_web_8080", ["10.0.0.1:9000"]),
        ("web:admin", "shop_web_8080", ["10.0.0.1:9000"]), ("web:53", "shop_web_53", ["10.0.0.1:53"]),
    ])
    func `a port is one by its number, its name or its target's`(
        _ wanted: String,
        _ name: String,
        _ servers: [String]
    ) throws {
        let service = service("shop/web", Self.ports[0], Self.ports[1], Self.ports[2], Self.ports[3])
        let result = try translation(wanted, [service], Self.slices)
        #expect(result.upstreams == [name: servers])
        #expect(result.findings == [])
        #expect(result.configuration.upstreams.first?.origin?.description == "Service shop/web")
    }

    @Test(arguments: ["web:81", "web:3000", "web:dns", "web:HTTP", "web:", "web:0", "web:-1", "web:65536"])
    func `a port that the Service does not have answers 503`(_ wanted: String) throws {
        let service = service("shop/web", Self.ports[0], Self.ports[1], Self.ports[2], Self.ports[3])
        let result = try translation(wanted, [service], Self.slices)
        #expect(result.answer("a.example", "/") == "503")
        let field = "spec.rules[0].http.paths[0].backend.service.port"
        #expect(result.findings == ["Ingress shop/web \(field) error service-port-not-found"])
    }

    @Test func `however many paths name a port, it is one upstream`() throws {
        let service = service("shop/web", Self.ports[0], Self.ports[1])
        let paths = ["web:80", "web:http", "web:web", "web:80"].enumerated().map { path("/\($0)", to: $1) }
        let web = Ingress(
            metadata: metadata("shop/web"),
            ingressClassName: "nginx",
            defaultBackend: backend("web:80"),
            rules: [rule("a.example"), Ingress.Rule(host: "b.example", paths: paths)]
        )
        let result = translate(snapshot([web], services: [service], slices: Self.slices), with: try settings())
        #expect(result.configuration.upstreams.count == 1)
        #expect(result.answer("b.example", "/2") == "shop_web_80 /2")
    }

    @Test func `names of upstreams differ from their start on, and are the same each time`() throws {
        let ingresses = (0..<300).map { ingress("shop/i\($0)", rule("h\($0).example", path("/", to: "svc\($0):80"))) }
        let names = translate(snapshot(ingresses), with: try offline()).configuration.upstreams.map(\.name.value)
        #expect(Set(names).count == 300)
        #expect(Set(names.map { $0.prefix(3) }).count > 250)
        #expect(names.first == "yfp97d_shop_svc0_80")
    }

    @Test(arguments: [
        // Slices, and the servers of port 80.
        ([], []),
        ([slice("shop/web", [])], []),
        ([slice("shop/web", ["10.0.0.1", "10.0.0.1"]), slice("shop/web", ["10.0.0.1"])], ["10.0.0.1:8080"]),
        ([slice("shop/web", ["fd00::2", "fd00:0::1"], type: .ipv6)], ["[fd00::1]:8080", "[fd00::2]:8080"]),
        (
            [slice("shop/web", ["10.0.0.10"]), slice("shop/web", ["fd00::1"], type: .ipv6)],
            ["10.0.0.10:8080", "[fd00::1]:8080"]
        ),
        ([slice("shop/web", ["web.example"], type: .fqdn)], []),
        ([slice("shop/web", ["10.0.0.300", "", "x"])], []),
        ([slice("shop/web", ["10.0.0.1"], port: 0)], []), ([slice("shop/web", ["10.0.0.1"], port: 70_000)], []),
        ([slice("shop/web", ["10.0.0.1"], name: "other")], []),
        ([slice("shop/web", ["10.0.0.1"], name: "")], ["10.0.0.1:8080"]),
        // A port of a slice without a number leaves it to the Service.
        ([slice("shop/web", ["10.0.0.1"], port: nil)], ["10.0.0.1:80"]),
        // The older API counts only where the newer says nothing.
        ([slice("shop/web", ["10.0.0.1"], origin: .endpoints)], ["10.0.0.1:8080"]),
        ([slice("shop/web", ["10.0.0.1"], origin: .endpoints), slice("shop/web", ["10.0.0.2"])], ["10.0.0.2:8080"]),
        ([slice("shop/web", ["10.0.0.1"], origin: .endpoints), slice("shop/web", [])], []),
        ([slice("blog/web", ["10.0.0.1"]), slice("shop/api", ["10.0.0.2"])], []),
    ])
    func `requests go to the ready endpoints of every slice`(_ slices: [EndpointSlice], _ servers: [String]) throws {
        let result = try translation("web:80", [service()], slices)
        #expect(result.upstreams == (servers.isEmpty ? [:] : ["shop_web_80": servers]))
        let finding =
            "Ingress shop/web spec.rules[0].http.paths[0].backend.service.name warning service-without-endpoints"
        #expect(result.findings == (servers.isEmpty ? [finding] : []))
        if servers.isEmpty { #expect(result.answer("a.example", "/") == "503") }
    }

    @Test(arguments: [(true, true), (nil, true), (false, false)] as [(Bool?, Bool)])
    func `an endpoint that does not say otherwise is ready`(_ isReady: Bool?, _ isServed: Bool) throws {
        var endpoints = slice("shop/web", [])
        endpoints.endpoints = [EndpointSlice.Endpoint(addresses: ["10.0.0.1"], isReady: isReady)]
        let result = try translation("web:80", [service()], [endpoints])
        #expect(result.answer("a.example", "/") == (isServed ? "shop_web_80 /" : "503"))
    }

    @Test(
        arguments: [
            (Service.TargetPort.number(9000), "10.0.0.1:9000"), (nil, "10.0.0.1:80"), (.name("web"), nil),
        ] as [(Service.TargetPort?, String?)]
    )
    func `a slice without ports has the Service's`(_ target: Service.TargetPort?, _ server: String?) throws {
        var endpoints = slice("shop/web", ["10.0.0.1"])
        endpoints.ports = []
        let service = service("shop/web", Service.Port(port: 80, targetPort: target))
        let result = try translation("web:80", [service], [endpoints])
        #expect(result.upstreams == (server.map { ["shop_web_80": [$0]] } ?? [:]))
    }

    @Test func `a headless Service needs no ports`() throws {
        var headless = service()
        (headless.clusterIP, headless.ports) = ("None", [])
        let endpoints = [slice("shop/web", ["10.0.0.1"], port: nil)]
        #expect(try translation("web:7000", [headless], endpoints).upstreams == ["shop_web_7000": ["10.0.0.1:7000"]])
        #expect(try translation("web:http", [headless], endpoints).codes == ["service-port-not-found"])
        headless.clusterIP = "10.96.0.1"
        #expect(try translation("web:7000", [headless], endpoints).codes == ["service-port-not-found"])
    }

    @Test(
        arguments: [
            ("api.example", "api.example:80"), ("API.Example.", "api.example:80"), ("10.1.2.3", "shop_web_80"),
            ("fd00::1", "shop_web_80"), ("127.0.0.1", nil), ("127.9.9.9", nil), ("::1", nil), ("::ffff:127.0.0.1", nil),
            ("localhost", nil), ("localhost.", nil), ("LOCALHOST", nil), ("x.localhost", nil), ("", nil), (nil, nil),
            (".", nil),
            ("a b", nil), ("a;b", nil), ("a..b", nil), ("http://a", nil), ("[::1]", nil), ("a/b", nil), ("$host", nil),
        ] as [(String?, String?)]
    )
    func `an external name is a name or an address of another machine`(_ name: String?, _ answer: String?) throws {
        let result = try translation("web:80", [externalName("shop/web", name)])
        #expect(result.answer("a.example", "/x") == (answer.map { "\($0) /x" } ?? "503"))
        #expect(result.codes == (answer == nil ? ["external-name-invalid"] : []))
        #expect(result.configuration.resolvers.isEmpty == (answer != "api.example:80"))
    }

    @Test(arguments: [
        ("web:80", [Service.Port(port: 80, targetPort: .number(8443))], "api.example:8443"),
        ("web:http", [Service.Port(name: "http", port: 8080)], "api.example:8080"),
        ("web:http", [Service.Port(name: "http", port: 8080, targetPort: .name("x"))], "api.example:8080"),
        ("web:9", [Service.Port(port: 80)], "api.example:9"), ("web:http", [], nil), ("web:0", [], nil),
    ])
    func `an external name has the Service's port, else the Ingress's`(
        _ wanted: String,
        _ ports: [Service.Port],
        _ answer: String?
    ) throws {
        var external = externalName("shop/web", "api.example")
        external.ports = ports
        let result = try translation(wanted, [external])
        #expect(result.answer("a.example", "/") == (answer.map { "\($0) /" } ?? "503"))
        #expect(result.codes == (answer == nil ? ["service-port-not-found"] : []))
    }

    @Test func `a name that nobody resolves answers 503`() throws {
        let settings = try settings { $0.resolvers = [] }
        let result = try translation("web:80", [externalName("shop/web", "api.example")], with: settings)
        #expect(result.answer("a.example", "/") == "503")
        #expect(result.codes == ["resolver-missing"])
        #expect(result.diagnostics.first?.hint == "name a DNS server with --resolver")
    }

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

    @Test(arguments: [LoadBalancing.roundRobin, .leastConnections, .randomTwoLeastConnections, .clientAddress])
    func `how endpoints are chosen is a setting for all`(_ balancing: LoadBalancing) throws {
        let settings = try settings { $0.loadBalancing = balancing }
        let result = try translation("web:80", [service()], [slice("shop/web", ["10.0.0.1"])], with: settings)
        #expect(result.configuration.upstreams.map(\.balancing) == [balancing])
    }
}

extension Configuration {
    fileprivate var flawsOfNothingServed: Bool { flaws.isEmpty && upstreams.isEmpty }
}
