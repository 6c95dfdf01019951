import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Endpoints that the configuration only names.
struct EndpointTests {
    private func named(_ change: (inout TranslationSettings) -> Void = { _ in }) throws -> TranslationSettings {
        let port = try #require(PortNumber(10_244))
        return try settings {
            $0.endpointServer = .internet(.loopback, port)
            change(&$0)
        }
    }

    private func web(_ slices: EndpointSlice..., annotations: [String: String] = [:]) -> ClusterSnapshot {
        snapshot(
            [ingress(annotations: annotations, rule("a.example", path("/")))],
            services: [service()],
            slices: slices
        )
    }

    @Test func `a name stands for the endpoints of a port`() throws {
        let result = translate(web(slice("shop/web", ["10.0.0.2", "10.0.0.1"])), with: try named())
        #expect(result.named == ["shop_web_80": ["8080.80.web.shop.endpoints.postern.internal:8080"]])
        #expect(result.upstreams == ["shop_web_80": []])
        #expect(result.served == ["shop_web_80": ["10.0.0.1:8080", "10.0.0.2:8080"]])
        #expect(result.configuration.endpoints?.family == .ipv4)
        #expect(result.answer("a.example", "/x") == "shop_web_80 /x")
    }

    @Test func `endpoints with other ports have other names`() throws {
        let slices = [slice("shop/web", ["10.0.0.1"]), slice("shop/web", ["10.0.0.1", "10.0.0.3"], port: 9_090)]
        let result = translate(web(slices[0], slices[1]), with: try named())
        #expect(result.named["shop_web_80"]?.count == 2)
        #expect(result.served == ["shop_web_80": ["10.0.0.1:8080", "10.0.0.1:9090", "10.0.0.3:9090"]])
    }

    @Test func `a change of addresses is none of the configuration`() throws {
        let settings = try named()
        var cache = TranslationCache()
        let first = translate(web(slice("shop/web", ["10.0.0.1"])), with: settings, cache: &cache)
        let second = translate(web(slice("shop/web", ["10.0.0.2", "10.0.0.3"])), with: settings, cache: &cache)
        #expect(first.configuration == second.configuration)
        #expect(first.configuration.upstreams.sharesStorage(with: second.configuration.upstreams))
        #expect(second.served == ["shop_web_80": ["10.0.0.2:8080", "10.0.0.3:8080"]])
    }

    @Test func `without a ready endpoint there is no name, and the answer is 503`() throws {
        let settings = try named()
        var cache = TranslationCache()
        _ = translate(web(slice("shop/web", ["10.0.0.1"])), with: settings, cache: &cache)
        let result = translate(web(), with: settings, cache: &cache)
        #expect(result.endpoints.isEmpty)
        #expect(result.configuration.endpoints == nil)
        #expect(result.answer("a.example", "/") == "503")
    }

    @Test(arguments: [
        ["upstream-hash-by": "$request_uri"], ["affinity": "cookie"],
        ["affinity": "cookie", "affinity-mode": "persistent"],
        ["upstream-hash-by": "$uri", "upstream-hash-by-subset": "true"], ["service-upstream": "true"],
    ])
    func `what must know one endpoint from another has them in the configuration`(
        _ annotations: [String: String]
    ) throws {
        let endpoints = slice("shop/web", ["10.0.0.1", "10.0.0.2"])
        let result = translate(web(endpoints, annotations: annotations), with: try named())
        #expect(result.endpoints.isEmpty)
        #expect(result.configuration.upstreams.allSatisfy { $0.names.isEmpty && !$0.servers.isEmpty })
        #expect(result.configuration.upstreams.count == 1)
    }

    @Test func `ways of balancing that take any endpoint have names of their own`() throws {
        var cluster = web(slice("shop/web", ["10.0.0.1"]))
        cluster.ingresses.append(
            ingress("shop/b", annotations: ["load-balance": "ewma"], rule("b.example", path("/")))
        )
        let result = translate(cluster, with: try named())
        #expect(result.configuration.upstreams.count == 2)
        #expect(Set(result.configuration.upstreams.flatMap(\.names)).count == 2)
        #expect(result.endpoints.count == 2)
    }

    @Test func `an address that stands for no endpoints stays`() throws {
        let cluster = snapshot(
            [ingress(rule("a.example", path("/", to: "outside:80")))],
            services: [externalName("shop/outside", "203.0.113.7", Service.Port(port: 80))]
        )
        let result = translate(cluster, with: try named())
        #expect(result.upstreams == ["shop_outside_80": ["203.0.113.7:80"]])
        let assumed = translate(
            snapshot([ingress(rule("a.example", path("/")))]),
            with: try named { $0.assumesMissingObjects = true }
        )
        #expect(assumed.upstreams == ["shop_web_80": ["192.0.2.1:80"]])
    }

    @Test func `more endpoints than an answer has room for stand in the configuration`() throws {
        let addresses = (0..<2_001).map { "10.0.\($0 / 250).\($0 % 250)" }
        let named = try named()
        let most = translate(web(slice("shop/web", Array(addresses.dropLast()))), with: named)
        #expect(most.endpoints.count == 2_000)
        let more = translate(web(slice("shop/web", addresses)), with: named)
        #expect(more.endpoints.isEmpty)
        #expect(more.upstreams["shop_web_80"]?.count == 2_001)
    }

    @Test func `nginx asks for the families that there are`() throws {
        let ipv6 = slice("shop/web", ["fd00::1"], type: .ipv6)
        #expect(translate(web(ipv6), with: try named()).configuration.endpoints?.family == .ipv6)
        let both = translate(web(ipv6, slice("shop/web", ["10.0.0.1"])), with: try named())
        #expect(both.configuration.endpoints != nil)
        #expect(both.configuration.endpoints?.family == nil)
        #expect(both.served == ["shop_web_80": ["10.0.0.1:8080", "[fd00::1]:8080"]])
    }
}

extension Translation {
    /// The names of each upstream, by its readable name.
    fileprivate var named: [String: [String]] {
        Dictionary(
            uniqueKeysWithValues: configuration.upstreams.map { ($0.name.readable, $0.names.map(\.description)) }
        )
    }

    /// The addresses that serve each upstream, by its readable name.
    fileprivate var served: [String: [String]] {
        Dictionary(
            uniqueKeysWithValues: configuration.upstreams.map { upstream in
                (upstream.name.readable, (upstream.servers + endpoints[upstream.names]).map(\.description))
            }
        )
    }
}
