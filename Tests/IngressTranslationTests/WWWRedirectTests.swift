import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration
import Testing

/// The host with `www.` that leads to the one without, and the other way round.
struct WWWRedirectTests {
    private static let annotations = ["from-to-www-redirect": "true"]

    @Test(arguments: [("a.example", "www.a.example"), ("www.a.example", "a.example"), ("www.www.a.b", "www.a.b")])
    func `the other host leads to that of the rule`(_ host: String, _ other: String) throws {
        let result = try translated(ingress(annotations: Self.annotations, rule(host, path("/"))))
        #expect(result.codes == [])
        #expect(result.answer(other, "/x/?y=/") == "308 http://\(host)/x/?y=")
        #expect(result.answer(other, "/x/", .https) == "308 https://\(host)/x")
        #expect(result.answer(host, "/x/") == "shop_web_80 /x/")
        #expect(result.configuration.flaws == [])
    }

    @Test func `it is of the Ingress, and written as its other redirects are`() throws {
        let result = try translated(
            ingress(
                annotations: Self.annotations.merging(["preserve-trailing-slash": "true"]) { $1 },
                rule("a.example", path("/"))
            )
        )
        #expect(result.answer("www.a.example", "/x/") == "308 http://a.example/x/")
        let server = try #require(result.server("www.a.example"))
        #expect(server.users.map(\.description) == ["Ingress shop/web"])
    }

    @Test func `a host that an Ingress names is not redirected, and that is told`() throws {
        let result = try translated(
            ingress("shop/a", at: 1, annotations: Self.annotations, rule("a.example", path("/"))),
            ingress("shop/b", at: 2, rule("www.a.example", path("/", to: "api:80")))
        )
        #expect(
            result.findings == [
                "Ingress shop/a metadata.annotations[nginx.ingress.kubernetes.io/from-to-www-redirect] warning "
                    + "www-redirect-taken"
            ]
        )
        #expect(result.answer("www.a.example", "/") == "shop_api_80 /")
    }

    @Test func `both of two hosts that lead to each other are served`() throws {
        let result = try translated(
            ingress("shop/a", annotations: Self.annotations, rule("a.example", path("/"))),
            ingress("shop/b", annotations: Self.annotations, rule("www.a.example", path("/", to: "api:80")))
        )
        #expect(result.codes == ["www-redirect-taken", "www-redirect-taken"])
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
        #expect(result.answer("www.a.example", "/") == "shop_api_80 /")
    }

    @Test(arguments: ["*.a.example", nil])
    func `hosts of which there are many have no other one`(_ host: String?) throws {
        let result = try translated(ingress(annotations: Self.annotations, rule(host, path("/"))))
        #expect(result.codes == ["www-redirect-unused"])
        #expect(result.configuration.servers.count == (host == nil ? 1 : 2))
    }

    @Test func `a wildcard serves what its certificate and the redirect say of one host below it`() throws {
        let result = try translated(
            ingress("shop/a", annotations: Self.annotations, rule("a.example", path("/"))),
            ingress("shop/b", rule("*.a.example", path("/", to: "api:80")))
        )
        #expect(result.answer("www.a.example", "/") == "308 http://a.example")
        #expect(result.answer("b.a.example", "/") == "shop_api_80 /")
    }

    @Test func `an entry of spec.tls may name the other host`() throws {
        let result = try translated(
            ingress(
                annotations: Self.annotations,
                tls: [tls("a.example", "www.a.example", secret: nil)],
                rule("a.example", path("/"))
            )
        )
        #expect(result.codes == [])
    }

    /// One translation after another takes over what has not changed.
    @Test func `the redirect comes and goes with its Ingress and with that of the other host`() throws {
        let first = ingress("shop/a", at: 1, annotations: Self.annotations, rule("a.example", path("/")))
        let second = ingress("shop/b", at: 2, rule("www.a.example", path("/", to: "api:80")))
        let steps: [[Ingress]] = [[first], [first, second], [second], [first, second], [first], []]
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
