import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Ingresses that send all their requests elsewhere, and how redirects are written.
struct RedirectTests {
    @Test(arguments: [
        (["permanent-redirect": "https://new.example/a?b=c"], "301 https://new.example/a?b=c"),
        (["temporal-redirect": "http://new.example:8080"], "302 http://new.example:8080"),
        (
            ["permanent-redirect": "https://new.example/", "temporal-redirect": "https://other.example/"],
            "302 https://other.example/"
        ),
        (["permanent-redirect": "https://new.example$request_uri"], "301 https://new.example/x?y=/"),
        (["permanent-redirect": "https://new.example/p$is_args$args"], "301 https://new.example/p?y=/"),
        (["permanent-redirect": "$scheme://$host/p"], "301 http://a.example/p"),
        (["permanent-redirect": "https://$http_host/p"], "301 https://A.example:8080/p"),
        (["permanent-redirect": "/moved"], "301 http://a.example/moved"),
        (["permanent-redirect": "https://new.example/?to=a%20b"], "301 https://new.example/?to=a%20b"),
        (["permanent-redirect": "/moved", "relative-redirects": "true"], "301 /moved"),
        (["permanent-redirect": "https://new.example/", "permanent-redirect-code": "308"], "308 https://new.example/"),
        (["temporal-redirect": "https://new.example/", "temporal-redirect-code": "307"], "307 https://new.example/"),
        (["temporal-redirect": "https://new.example/", "permanent-redirect-code": "308"], "302 https://new.example/"),
        (["permanent-redirect": "/moved", "use-port-in-redirects": "true"], "undecided"),
    ])
    func `a redirect answers all requests of an Ingress`(_ annotations: [String: String], _ answer: String) throws {
        let result = try translated(
            ingress(
                annotations: annotations.merging(["force-ssl-redirect": "true"]) { $1 },
                tls: [tls("a.example", secret: nil)],
                rule("a.example", path("/x", to: "missing:80"))
            )
        )
        #expect(result.answer("A.example:8080", "/x?y=/") == answer)
        // What no path serves is sent where all others are.
        #expect(result.answer("A.example:8080", "/?y=/").prefix(4) == answer.prefix(4))
        #expect(result.codes == [])
        #expect(result.configuration.upstreams.isEmpty)
        #expect(result.configuration.flaws == [])
    }

    @Test(arguments: [
        "new.example", "ftp://new.example/", "//new.example/", "https://", "https:///x", "https://$arg_to/",
        "https://new.example$args/", "https://$query_string", "https://new.example/$uri", "https://new.example/{}",
        "https://new.example/;x", "https://new.example/ x", "https://$cookie_a", "javascript:alert", "$scheme",
    ])
    func `what is no URL redirects nothing, and is told`(_ value: String) throws {
        for name in ["permanent-redirect", "temporal-redirect"] {
            let result = try translated(ingress(annotations: [name: value], rule("a.example", path("/"))))
            #expect(result.codes == ["annotation-invalid"])
            #expect(result.diagnostics.first?.message.hasSuffix("; requests are not redirected") == true)
            #expect(result.answer("a.example", "/x") == "shop_web_80 /x")
        }
    }

    @Test(arguments: [("permanent-redirect", "304", "301"), ("temporal-redirect", "308", "302")])
    func `a status that is no such redirect is told, and the usual one counts`(
        _ name: String,
        _ status: String,
        _ used: String
    ) throws {
        let annotations = [name: "https://new.example/", "\(name)-code": status]
        let result = try translated(ingress(annotations: annotations, rule("a.example", path("/"))))
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.answer("a.example", "/") == "\(used) https://new.example/")
    }

    @Test func `a guard comes before a redirect, and a default backend alone has none`() throws {
        let annotations = ["permanent-redirect": "https://new.example/"]
        let guarding = annotations.merging(["enable-modsecurity": "true"]) { $1 }
        let guarded = try translated(ingress(annotations: guarding, rule("a.example", path("/"))))
        #expect(guarded.answer("a.example", "/") == "503")
        let alone = try translated(ingress(annotations: annotations, defaultBackend: "web:80"))
        #expect(alone.codes == ["annotation-out-of-place"])
        #expect(alone.answer("a.example", "/") == "shop_web_80 /")
    }

    @Test func `a canary has no redirect of its own`() throws {
        let result = try translated(
            ingress("shop/main", rule("a.example", path("/"))),
            ingress(
                "shop/canary",
                annotations: ["canary": "true", "canary-weight": "100", "permanent-redirect": "https://new.example/"],
                rule("a.example", path("/", to: "api:80"))
            )
        )
        #expect(result.codes == ["canary-setting-unused"])
        #expect(result.answer("a.example", "/") == "shop_api_80 /")
    }

    // MARK: To HTTPS

    @Test(
        arguments: [
            ([:], "308 https://a.example/x"), (["preserve-trailing-slash": "true"], "308 https://a.example/x/"),
            (["use-port-in-redirects": "true"], "308 https://a.example:443/x"),
            (["use-port-in-redirects": "true", "preserve-trailing-slash": "true"], "308 https://a.example:443/x/"),
        ] as [([String: String], String)]
    )
    func `a redirect to HTTPS keeps a final slash and names the port where that is wanted`(
        _ annotations: [String: String],
        _ answer: String
    ) throws {
        let result = try translated(
            ingress(annotations: annotations, tls: [tls("a.example", secret: nil)], rule("a.example", path("/")))
        )
        #expect(result.codes == [])
        #expect(result.answer("a.example:8080", "/x/") == answer)
    }

    @Test func `the global ConfigMap sets how redirects are written, and an Ingress otherwise`() throws {
        var snapshot = snapshot(
            [
                ingress("shop/a", annotations: ["permanent-redirect": "/moved"], rule("a.example", path("/"))),
                ingress(
                    "shop/b",
                    annotations: ["permanent-redirect": "/moved", "relative-redirects": "false"],
                    rule("b.example", path("/"))
                ),
            ]
        )
        snapshot.configMaps = [ConfigMap(metadata: metadata("postern/global"), data: ["relative-redirects": "true"])]
        let result = translate(
            snapshot,
            with: try settings { $0.globalConfigMap = NamespacedName(namespace: "postern", name: "global") }
        )
        #expect(result.answer("a.example", "/") == "301 /moved")
        #expect(result.answer("b.example", "/") == "301 http://b.example/moved")
        let settings = result.server("b.example")?.locations.first?.policy.settings
        #expect(settings?.description == "absolute_redirect on")
    }
}
