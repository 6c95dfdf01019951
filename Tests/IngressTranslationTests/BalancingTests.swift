import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// How Ingresses choose among the endpoints of a Service.
struct BalancingTests {
    private func web(_ name: String, _ host: String, _ annotations: [String: String] = [:]) -> Ingress {
        ingress(name, annotations: annotations, rule(host, path("/")))
    }

    @Test func `Ingresses that ask otherwise have upstreams of their own, and nobody surprises another`() throws {
        let result = try translated(
            web("shop/a", "a.example"),
            web("shop/b", "b.example", ["load-balance": "ewma"]),
            web("shop/c", "c.example", ["load-balance": "ewma", "upstream-hash-by": "$request_uri"]),
            web("shop/d", "d.example")
        )
        let methods = result.configuration.upstreams.map(\.policy.balancing)
        #expect(methods.count == 3)
        let key = try #require(VariableName("request_uri").flatMap { Expression(parts: [.variable($0)]) })
        #expect(Set(methods) == [.roundRobin, .randomTwoLeastConnections, .hash(key)])
        #expect(result.codes == [])
    }

    @Test func `what the global ConfigMap says is no policy of one's own`() throws {
        var metadata = metadata("global")
        metadata.namespace = "ingress"
        var cluster = snapshot(
            [web("shop/a", "a.example"), web("shop/b", "b.example", ["load-balance": "round_robin"])],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        cluster.configMaps = [ConfigMap(metadata: metadata, data: ["load-balance": "ewma"])]
        let result = translate(
            cluster,
            with: try settings { $0.globalConfigMap = NamespacedName(namespace: "ingress", name: "global") }
        )
        let methods = result.configuration.upstreams.map(\.policy.balancing)
        #expect(Set(methods) == [.roundRobin, .randomTwoLeastConnections])
        let plain = result.configuration.upstreams.first { $0.name.value.hasSuffix("_shop_web_80") }
        #expect(plain?.policy.balancing == .randomTwoLeastConnections)
    }

    @Test(
        arguments: [
            (["upstream-hash-by-subset": "true"], 3, []),
            (["upstream-hash-by-subset": "true", "upstream-hash-by-subset-size": "5"], 5, []),
            (["upstream-hash-by-subset": "true", "upstream-hash-by-subset-size": "0"], 3, []),
            (["upstream-hash-by-subset": "true", "upstream-hash-by-subset-size": "-1"], 3, ["annotation-invalid"]),
            (["upstream-hash-by-subset": "yes"], nil, ["annotation-invalid"]),
            (["upstream-hash-by-subset-size": "2"], nil, ["annotation-not-read"]),
        ] as [([String: String], Int?, [String])]
    )
    func `a hash chooses an endpoint, or a set of them`(
        _ annotations: [String: String],
        _ size: Int?,
        _ codes: [String]
    ) throws {
        let annotations = annotations.merging(["upstream-hash-by": "$arg_user"]) { $1 }
        let result = try translated(web("shop/a", "a.example", annotations))
        let key = Expression(VariableName(known: "arg_user"))
        #expect(result.codes == codes)
        let method = size.map { LoadBalancing.setByHash(key, size: $0) } ?? .hash(key)
        #expect(result.configuration.upstreams.map(\.policy.balancing) == [method])
    }

    @Test(arguments: ["$", "${", "${host", "$nonsense", "plain", "$host;", "$host $uri", "$http_", "$1"])
    func `a hash key names variables of a request, and nothing else`(_ key: String) throws {
        let result = try translated(web("shop/a", "a.example", ["upstream-hash-by": key]))
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.configuration.upstreams.map(\.policy.balancing) == [.roundRobin])
    }
}
