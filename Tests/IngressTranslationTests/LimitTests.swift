import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The limits that the settings of an Ingress, and of what stands above it, set to clients.
struct LimitTests {
    private func result(_ annotations: [String: String], global: [String: String] = [:]) throws -> Translation {
        var cluster = snapshot(
            [ingress(annotations: annotations, rule("a.example", path("/a")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        cluster.configMaps = [ConfigMap(metadata: metadata("ingress/global"), data: global)]
        let name = NamespacedName(namespace: "ingress", name: "global")
        return translate(cluster, with: try settings { $0.globalConfigMap = name })
    }

    private func limits(_ result: Translation) -> ClientLimits? {
        result.server("a.example")?.locations.first?.policy.limits
    }

    @Test func `an Ingress limits requests and connections of its clients`() throws {
        let result = try result([
            "limit-connections": "3", "limit-rps": "5", "limit-rpm": "30", "limit-burst-multiplier": "2",
            "limit-allowlist": "10.0.0.0/8",
        ])
        let expected = ClientLimits(
            of: try #require(ObjectReference(kind: "Ingress", namespace: "shop", name: "web")),
            by: Expression(try #require(VariableName("binary_remote_addr"))),
            exempt: [try #require(CIDRBlock("10.0.0.0/8"))],
            connections: 3,
            perSecond: .init(requests: 5, burst: 10),
            perMinute: .init(requests: 30, burst: 60)
        )
        #expect(limits(result) == expected)
        #expect(result.codes == [])
        #expect(result.answer("a.example", "/a") == "undecided")
        #expect(result.answer("a.example", "/b") == "404")
    }

    @Test func `ConfigMaps say what tells clients apart, and how they are refused`() throws {
        let global = [
            "limit-conn-zone-variable": "$http_x_client", "limit-req-status-code": "429",
            "limit-conn-status-code": "420",
        ]
        let limits = try #require(limits(try result(["limit-rps": "1"], global: global)))
        #expect(limits.key.description == "$http_x_client")
        #expect(limits.requestRefusal.value == 429)
        #expect(limits.connectionRefusal.value == 420)
        #expect(limits.perSecond == .init(requests: 1, burst: 5))
    }

    @Test(arguments: ["limit-rps", "limit-rpm", "limit-connections"]) func `0 and nothing set no limit`(
        _ name: String
    ) throws {
        for value in ["", "0"] {
            let result = try result([name: value])
            #expect(limits(result) == nil)
            #expect(result.codes == [])
            #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        }
    }

    @Test(arguments: ["limit-rps", "limit-rpm", "limit-connections"], ["-1", "10r/s", "1.5", " 5", "1;", "99999999"])
    func `a limit that is none lets nobody in`(_ name: String, _ value: String) throws {
        let result = try result([name: value])
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.codes == ["annotation-invalid"])
    }

    @Test(
        arguments: [
            (["limit-allowlist": "office"], [], ["annotation-invalid"]),
            (["limit-allowlist": "10.0.0.0/8,office"], ["10.0.0.0/8"], ["annotation-invalid"]),
            (["limit-whitelist": "10.0.0.0/8"], ["10.0.0.0/8"], []),
        ] as [([String: String], [String], [String])]
    )
    func `what is no network exempts nobody`(
        _ annotations: [String: String],
        _ exempt: [String],
        _ codes: [String]
    ) throws {
        let result = try result(annotations.merging(["limit-rps": "1"]) { $1 })
        #expect(limits(result)?.exempt.map(\.description) == exempt)
        #expect(result.codes == codes)
    }

    @Test(arguments: [("0", 5), ("7", 7), ("x", 5), ("1001", 5)])
    func `a burst is a multiple of the rate`(_ value: String, _ factor: Int) throws {
        let limits = try #require(limits(try result(["limit-rps": "2", "limit-burst-multiplier": value])))
        #expect(limits.perSecond?.burst == 2 * factor)
    }
}
