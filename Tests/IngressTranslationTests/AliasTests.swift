import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration
import Testing

/// Hosts that are served like that of a rule.
struct AliasTests {
    private func aliases(_ value: String) -> [String: String] { ["server-alias": value] }

    @Test func `an alias is served like the host, by its own name`() throws {
        let result = try translated(
            ingress(
                annotations: aliases("b.example, *.c.example").merging(["app-root": "/app"]) { $1 },
                tls: [tls("a.example", secret: nil)],
                rule("a.example", path("/app"), path("/api", to: "api:80"))
            )
        )
        #expect(result.codes == [])
        for host in ["a.example", "b.example", "x.c.example"] {
            #expect(result.answer(host, "/api/x", .https) == "shop_api_80 /api/x")
            #expect(result.answer(host, "/api/x") == "308 https://\(host)/api/x")
            #expect(result.answer(host, "/", .https) == "302 https://\(host)/app")
            #expect(result.answer(host, "/x", .https) == "404")
        }
        #expect(result.answer("x.b.example", "/app") == "404")
        #expect(result.configuration.flaws == [])
    }

    @Test func `a host of a rule is no alias, whoever is older, and that is told`() throws {
        let result = try translated(
            ingress("shop/a", at: 1, annotations: aliases("a.example,b.example"), rule("a.example", path("/"))),
            ingress("shop/b", at: 2, rule("b.example", path("/", to: "api:80")))
        )
        #expect(result.codes == ["alias-taken", "alias-taken"])
        #expect(result.answer("b.example", "/") == "shop_api_80 /")
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
    }

    @Test func `of two hosts with one alias that of the older Ingress has it`() throws {
        for ages in [(1, 2), (2, 1)] as [(Int64, Int64)] {
            let result = try translated(
                ingress("shop/a", at: ages.0, annotations: aliases("c.example"), rule("a.example", path("/"))),
                ingress(
                    "shop/b",
                    at: ages.1,
                    annotations: aliases("c.example"),
                    rule("b.example", path("/", to: "api:80"))
                )
            )
            #expect(result.codes == ["alias-taken"])
            #expect(result.answer("c.example", "/") == (ages.0 < ages.1 ? "shop_web_80 /" : "shop_api_80 /"))
        }
    }

    @Test func `an alias comes before a redirect, and the oldest Ingress of a host sets its aliases`() throws {
        let result = try translated(
            ingress("shop/a", at: 1, annotations: ["from-to-www-redirect": "true"], rule("a.example", path("/"))),
            ingress(
                "shop/b",
                at: 2,
                annotations: aliases("www.a.example"),
                rule("b.example", path("/", to: "api:80"))
            ),
            ingress("shop/c", at: 3, annotations: aliases("c.example"), rule("b.example", path("/c")))
        )
        #expect(Set(result.codes) == ["www-redirect-taken", "setting-taken"])
        #expect(result.answer("www.a.example", "/") == "shop_api_80 /")
        #expect(result.answer("c.example", "/") == "404")
    }

    @Test func `every host may have an alias, and a wildcard too`() throws {
        let result = try translated(
            ingress("shop/a", annotations: aliases("c.example"), rule("*.a.example", path("/"))),
            ingress("shop/b", annotations: aliases("d.example"), rule(nil, path("/", to: "api:80")))
        )
        #expect(result.codes == [])
        #expect(result.answer("c.example", "/") == "shop_web_80 /")
        #expect(result.answer("d.example", "/") == "shop_api_80 /")
    }

    @Test(arguments: ["~^www\\d+$", "a_b.example", "a;b", "*", "*.*.a", "a..b"])
    func `what is no host is told`(_ value: String) throws {
        let result = try translated(ingress(annotations: aliases(value), rule("a.example", path("/"))))
        #expect(result.codes.allSatisfy { $0 == "annotation-invalid" })
        #expect(result.codes.isEmpty == false)
        #expect(result.configuration.servers.count == 2)
    }

    @Test func `an alias comes and goes with what decides about it`() throws {
        let first = ingress("shop/a", at: 1, annotations: aliases("c.example"), rule("a.example", path("/")))
        let second = ingress("shop/b", at: 2, annotations: aliases("c.example"), rule("b.example", path("/")))
        let real = ingress("shop/c", at: 3, rule("c.example", path("/", to: "api:80")))
        let canary = ingress(
            "shop/d",
            annotations: ["canary": "true", "canary-weight": "10"],
            rule("c.example", path("/", to: "api:80"))
        )
        let steps: [[Ingress]] = [
            [first, second], [second], [second, real], [first, real], [first], [first, canary], [canary], [],
        ]
        var cache = TranslationCache()
        for ingresses in steps {
            let snapshot = snapshot(
                ingresses,
                services: [service("shop/web"), service("shop/api")],
                slices: [slice("shop/web", ["10.0.0.1"]), slice("shop/api", ["10.0.0.2"])]
            )
            let result = translate(snapshot, with: try settings(), cache: &cache)
            #expect(result == translate(snapshot, with: try settings()))
            #expect(result.configuration.flaws == [])
        }
    }
}
