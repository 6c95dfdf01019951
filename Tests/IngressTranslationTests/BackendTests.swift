import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The backends of a port of a Service.
struct BackendTests {
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

    @Test(arguments: [LoadBalancing.roundRobin, .leastConnections, .randomTwoLeastConnections, .clientAddress])
    func `how endpoints are chosen is a setting for all`(_ balancing: LoadBalancing) throws {
        let settings = try settings { $0.loadBalancing = balancing }
        let result = try translation("web:80", [service()], [slice("shop/web", ["10.0.0.1"])], with: settings)
        #expect(result.configuration.upstreams.map(\.policy.balancing) == [balancing])
    }
}

/// Endpoints at addresses where no Pod is.
struct EndpointAddressTests {
    @Test(arguments: [
        "127.0.0.1", "0.0.0.0", "169.254.169.254", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "ff02::1",
        "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::169.254.169.254",
    ])
    func `get no requests, and those beside them do`(_ address: String) throws {
        for others in [[], ["10.0.0.1", "fd00::1"]] {
            let result = try translation("web:80", [service()], [slice("shop/web", others + [address])])
            #expect(result.codes == ["endpoint-address-invalid"])
            #expect(result.answer("a.example", "/") == (others.isEmpty ? "503" : "shop_web_80 /"))
            #expect(result.upstreams == (others.isEmpty ? [:] : ["shop_web_80": ["10.0.0.1:8080", "[fd00::1]:8080"]]))
        }
    }

    @Test func `that are not ready are nobody's business`() throws {
        var slice = slice("shop/web", ["10.0.0.1", "127.0.0.1"])
        slice.endpoints[1].isReady = false
        #expect(try translation("web:80", [service()], [slice]).codes == [])
    }
}
