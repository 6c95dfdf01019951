import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The translation of an Ingress that is an alternative of another one.
struct CanaryTests {
    private func canary(
        _ annotations: [String: String] = ["canary-by-header": "x-canary"],
        named name: String = "shop/canary",
        at time: Int64? = nil,
        defaultBackend: String? = nil,
        tls: [Ingress.TLS] = [],
        _ rules: Ingress.Rule...
    ) -> Ingress {
        var annotations = annotations
        annotations["canary"] = annotations["canary"] ?? "true"
        var result = ingress(name, at: time, annotations: annotations, defaultBackend: defaultBackend, tls: tls)
        result.rules = rules.isEmpty && defaultBackend == nil ? [rule("a.example", path("/", to: "api:80"))] : rules
        return result
    }

    private let main = ingress("shop/main", rule("a.example", path("/")))

    @Test(arguments: [(["canary-weight": "30"], true), (["canary-by-header": "x-canary"], false)])
    func `a share needs an nginx that splits clients, and one without says so`(
        _ annotations: [String: String],
        _ isTold: Bool
    ) throws {
        let output = "nginx version: nginx/1.22.1\n--without-http_split_clients_module"
        let settings = try settings { $0.capabilities = NginxCapabilities(versionOutput: output) }
        let result = try translated(
            main,
            canary(annotations),
            with: settings
        )
        #expect(result.codes.contains("annotation-not-read") == isTold)
        #expect(answer(result) == (isTold ? "shop_web_80" : "shop_api_80"))
    }

    @Test(arguments: [("sticky", "shop_api_80"), ("legacy", "shop_web_80")])
    func `a canary without a share has the clients that are kept there`(_ behavior: String, _ kept: String) throws {
        let main = ingress("shop/main", annotations: ["affinity": "cookie"], rule("a.example", path("/")))
        let canary = canary(["canary-weight": "0", "affinity-canary-behavior": behavior])
        let result = try translated(main, canary)
        #expect(result.codes == ["canary-without-rules"])
        let mark = Backend.upstream(try #require(Identifier("hash_shop_api_80"))).sessionMark
        #expect(answer(result, "a.example", "/", ["cookie": "INGRESSCOOKIE=a|\(mark)"]).hasPrefix(kept))
        #expect(answer(result).hasPrefix("shop_web_80"))
        #expect(answer(try translated(self.main, canary)) == "shop_web_80")
    }

    @Test func `a canary is kept apart from its own Service, however its endpoints are asked`() throws {
        let main = ingress("shop/main", annotations: ["affinity": "cookie"], rule("a.example", path("/", to: "api:80")))
        let result = try translated(main, canary(["canary-weight": "30"]))
        #expect(result.codes == ["canary-is-primary"])
    }

    private func answer(
        _ result: Translation,
        _ host: String = "a.example",
        _ target: String = "/",
        _ headers: [String: String] = ["x-canary": "always"]
    ) -> String {
        guard
            case .proxied(let backends, _) = result.configuration.route(
                Request(host: host, target: target, headers: headers)
            ).outcome
        else { return result.answer(host, target) }
        return backends.map { if case .upstream(let name) = $0 { name.readable } else { "a name" } }.joined(
            separator: " or "
        )
    }

    @Test func `takes requests of the same host, path and type`() throws {
        let result = try translated(main, canary())
        #expect(result.findings == [])
        #expect(answer(result) == "shop_api_80")
        #expect(answer(result, headers: [:]) == "shop_web_80")
        #expect(result.upstreams.keys.sorted() == ["shop_api_80", "shop_web_80"])
        #expect(result.configuration.servers.count == 2)
        #expect(result.configuration.flaws == [])
    }

    private func answer(_ result: Translation, headers: [String: String]) -> String {
        answer(result, "a.example", "/", headers)
    }

    @Test(arguments: [
        rule("b.example", path("/", to: "api:80")), rule("a.example", path("/x", to: "api:80")),
        rule("a.example", path("/", .exact, to: "api:80")), rule("a.example", path("/", nil, to: "api:80")),
        rule(nil, path("/", to: "api:80")),
    ])
    func `without one of the same host, path and type gets no traffic, and is told`(_ rule: Ingress.Rule) throws {
        let result = try translated(main, canary(["canary-weight": "100"], rule))
        #expect(
            result.findings == [
                "Ingress shop/canary spec.rules[0].http.paths[0].path warning canary-without-primary"
            ]
        )
        #expect(answer(result) == "shop_web_80")
        #expect(result.configuration.servers.map { $0.host.text } == ["*", "a.example"])
        #expect(result.upstreams.keys.sorted() == ["shop_web_80"])
    }

    @Test func `an empty path is the root`() throws {
        let result = try translated(main, canary(["canary-weight": "100"], rule("a.example", path("", to: "api:80"))))
        #expect(result.findings == [] && answer(result) == "shop_api_80")
    }

    @Test func `takes requests of a default backend`() throws {
        let main = ingress("shop/main", defaultBackend: "web:80")
        let result = try translated(main, canary(["canary-weight": "100"], defaultBackend: "api:80"))
        #expect(result.findings == [])
        #expect(answer(result, "any.example", "/x", [:]) == "shop_api_80")
        let alone = try translated(self.main, canary(defaultBackend: "api:80"))
        #expect(alone.codes == ["canary-without-primary"])
    }

    @Test func `the oldest of several is the one, and the others are told`() throws {
        let older = canary(["canary-weight": "100"], named: "shop/older", at: 1)
        let younger = canary(
            ["canary-weight": "100"],
            named: "shop/younger",
            at: 2,
            rule("a.example", path("/", to: "other:80"))
        )
        for result in try [translated(main, older, younger), translated(younger, older, main)] {
            #expect(result.findings == ["Ingress shop/younger spec.rules[0].http.paths[0].path warning canary-taken"])
            #expect(answer(result, headers: [:]) == "shop_api_80")
            #expect(result.upstreams["shop_other_80"] == nil)
        }
    }

    @Test func `nobody takes requests of another namespace`() throws {
        let result = try translated(
            main,
            canary(["canary-weight": "100"], named: "blog/canary", rule("a.example", path("/")))
        )
        #expect(
            result.findings == [
                "Ingress blog/canary spec.rules[0].http.paths[0].path warning canary-of-another-namespace"
            ]
        )
        #expect(answer(result) == "shop_web_80")
    }

    @Test func `the same backend is no alternative`() throws {
        let result = try translated(main, canary(["canary-weight": "100"], rule("a.example", path("/"))))
        #expect(result.codes == ["canary-is-primary"])
        #expect(answer(result) == "shop_web_80")
    }

    @Test func `a backend without endpoints gets no traffic`() throws {
        let result = try translated(main, canary(["canary-weight": "100"], rule("a.example", path("/", to: "none:80"))))
        #expect(result.codes == ["service-not-found"])
        #expect(result.diagnostics.first?.message.hasSuffix("the canary gets no traffic") == true)
        #expect(answer(result) == "shop_web_80")
    }

    @Test func `a primary that answers itself has nothing to share`() throws {
        let main = ingress("shop/main", rule("a.example", path("/", to: "none:80")))
        let result = try translated(main, canary(["canary-weight": "100"]))
        #expect(result.codes == ["service-not-found"])
        #expect(result.answer("a.example", "/") == "503")
    }

    @Test func `has the settings of the other Ingress, and is told of its own`() throws {
        let main = ingress(
            "shop/main",
            annotations: ["rewrite-target": "/main", "force-ssl-redirect": "true"],
            rule("a.example", path("/"))
        )
        let own = ["canary-weight": "100", "rewrite-target": "/canary", "proxy-read-timeout": "7"]
        let result = try translated(main, canary(own))
        #expect(result.codes == ["canary-setting-unused", "canary-setting-unused"])
        let request = Request(scheme: .https, host: "a.example", target: "/x")
        guard case .proxied(let backends, "/main") = result.configuration.route(request).outcome else {
            Issue.record("the request is not passed on as /main")
            return
        }
        #expect(backends.count == 1)
        #expect(result.answer("a.example", "/x") == "308 https://a.example/x")
    }

    @Test(arguments: ["auth-type", "whitelist-source-range", "auth-tls-secret"])
    func `one that guards access gets nothing, because requests come without its guard`(_ name: String) throws {
        let result = try translated(main, canary(["canary-weight": "100", name: "10.0.0.0/8"]))
        #expect(result.codes.contains("canary-guarded"))
        #expect(answer(result) == "shop_web_80")
    }

    @Test func `a guard of the other Ingress closes both`() throws {
        let main = ingress(
            "shop/main",
            annotations: ["auth-secret": "users", "auth-type": "basic"],
            rule("a.example", path("/"))
        )
        let result = try translated(main, canary(["canary-weight": "100"]))
        #expect(result.answer("a.example", "/") == "503")
    }

    @Test(arguments: [
        (["canary-weight": "0"], ["canary-without-rules"]), ([:], ["canary-without-rules"]),
        (["canary-weight": "-5"], ["canary-without-rules"]),
        (["canary-by-header-value": "v"], ["canary-header-missing", "canary-without-rules"]),
        (
            ["canary-by-header": "x", "canary-by-header-value": "v", "canary-by-header-pattern": "p"],
            ["canary-pattern-unused"]
        ),
        (["canary": "false", "canary-weight": "5"], ["canary-not-enabled"]),
        (["canary-weight": "5", "canary-weight-total": "50"], ["setting-adjusted"]),
        (["canary-weight": "1", "canary-weight-total": "1000000"], ["setting-adjusted"]),
        (["canary-weight": "ten"], ["annotation-invalid", "canary-without-rules"]),
        (["canary-weight": "5.0"], ["annotation-invalid", "canary-without-rules"]),
        (["canary-weight": "1", "canary-weight-total": "x"], ["annotation-invalid"]),
        (["canary-by-header": "x y"], ["annotation-invalid", "canary-without-rules"]),
        (["canary-by-header": "x", "canary-by-header-value": "a b"], ["annotation-invalid"]),
        (["canary-by-header": "x", "canary-by-header-value": "a;b"], ["annotation-invalid"]),
        (["canary-by-cookie": "a=b"], ["annotation-invalid", "canary-without-rules"]),
        (["canary-by-cookie": "a\nb"], ["annotation-invalid", "canary-without-rules"]),
    ])
    func `what sends it nothing, or not what it says, is told`(_ annotations: [String: String], _ codes: [String])
        throws
    {
        let result = try translated(main, canary(annotations))
        #expect(result.codes.sorted() == codes.sorted() || annotations["canary"] == "false")
        #expect(result.codes.contains(codes[0]))
    }

    @Test(arguments: ["(", "a[", "a\\", "(?<x>a)", "a b", "a;b", "a\nb", "é"])
    func `a broken expression sends nothing with the header to the canary`(_ pattern: String) throws {
        let annotations = ["canary-by-header": "x-canary", "canary-by-header-pattern": pattern, "canary-weight": "100"]
        let result = try translated(main, canary(annotations))
        #expect(result.codes == ["annotation-invalid"])
        #expect(answer(result) == "shop_web_80")
        #expect(answer(result, headers: [:]) == "shop_api_80")
    }

    @Test(arguments: [
        ("1", "3", 3_333), ("1", "100000000", 1), ("99999", "100000", 9_999), ("50", "10", 5_000),
        ("200", "100", 10_000),
    ])
    func `a weight is as near as nginx can split`(_ weight: String, _ total: String, _ hundredths: Int) throws {
        let total = weight == "1" && total == "3" ? "300" : total
        let weight = total == "300" ? "100" : weight
        let result = try translated(main, canary(["canary-weight": weight, "canary-weight-total": total]))
        guard case .proxy(let proxying) = result.server("a.example")?.locations.first?.action else {
            Issue.record("the path is not served")
            return
        }
        #expect(proxying.backends.canary?.value.rules.share.hundredths == hundredths)
    }

    @Test func `its certificate is not the host's`() throws {
        let result = try translated(main, canary(["canary-weight": "100"], tls: [tls("a.example", secret: "none")]))
        #expect(result.codes == ["canary-tls-unused"])
        #expect(result.answer("a.example", "/").hasPrefix("shop_api_80"))
    }

    @Test func `a canary that comes and goes changes its host alone`() throws {
        let names = ["shop/web", "shop/api"]
        func site(_ ingresses: [Ingress]) -> ClusterSnapshot {
            snapshot(ingresses, services: names.map { service($0) }, slices: names.map { slice($0, ["10.0.0.1"]) })
        }
        var cache = TranslationCache()
        let settings = try settings()
        let canary = canary(["canary-weight": "100"])
        for ingresses in [[main], [main, canary], [canary], [canary, main], [main], []] {
            let result = translate(site(ingresses), with: settings, cache: &cache)
            let fresh = translate(site(ingresses), with: settings)
            #expect(result == fresh)
            #expect(result.configuration.flaws == [])
        }
    }
}
