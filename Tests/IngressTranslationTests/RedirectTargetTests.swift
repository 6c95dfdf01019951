import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration
import Testing

/// Annotations that send clients elsewhere.
struct RedirectTargetTests {
    @Test(arguments: [
        ("/(.*)", "https://new.example/$1", "/p/q?x=1", "302 https://new.example/p/q?x=1"),
        ("/(.*)", "https://new.example/$1", "/", "302 https://new.example/"),
        ("/(.*)", "https://new.example/$1", "/?", "302 https://new.example/"),
        ("/a/(.*)/(.*)", "http://new.example:8080/$2/$1", "/a/b/c", "302 http://new.example:8080/c/b"),
        ("/", "https://new.example/", "/x?y=z", "302 https://new.example/?y=z"),
        ("/", "https://new.example", "/x", "302 https://new.example"),
        ("/a", "https://new.example/", "/a/b", "302 https://new.example/"),
    ])
    func `a rewrite-target that is a URL redirects`(
        _ text: String,
        _ target: String,
        _ request: String,
        _ answer: String
    ) throws {
        let result = try translated(
            ingress(annotations: ["rewrite-target": target], rule("a.example", path(text, nil)))
        )
        #expect(result.answer("a.example", request) == answer)
        #expect(result.codes.filter { $0 != "path-stricter-than-ingress-nginx" } == [])
    }

    @Test func `who is redirected needs no backend, and goes nowhere else first`() throws {
        let result = try translated(
            ingress(
                annotations: ["rewrite-target": "https://new.example/", "force-ssl-redirect": "true"],
                rule("a.example", path("/", to: "missing:80")),
                rule("b.example")
            )
        )
        #expect(result.answer("a.example", "/x?y") == "302 https://new.example/?y")
        #expect(result.answer("b.example", "/x?y") == "302 https://new.example/?y")
        #expect(result.codes == [])
        #expect(result.configuration.upstreams.isEmpty)
    }

    @Test func `a guard comes before a redirect`() throws {
        let annotations = ["rewrite-target": "https://new.example/", "enable-modsecurity": "true"]
        let result = try translated(ingress(annotations: annotations, rule("a.example", path("/"))))
        #expect(result.answer("a.example", "/") == "503")
    }

    @Test(arguments: [
        ("/login$is_args$args", "/?a=b", "/login?a=b"), ("/login$is_args$args", "/", "/login"),
        ("/login$is_args$query_string", "/?a=b&c=%20", "/login?a=b&c=%20"), ("/x$request_uri", "/?a", "/x/?a"),
        ("/x$uri-y", "/?a", "/x/-y"), ("/$host/$scheme$document_uri", "/?a", "/a.example/http/"),
        ("/x", "/?a=b", "/x"),
    ])
    func `an app-root takes the variables of the request`(
        _ value: String,
        _ target: String,
        _ answer: String
    ) throws {
        let result = try translated(ingress(annotations: ["app-root": value], rule("a.example", path("/"))))
        #expect(result.codes == [])
        #expect(result.answer("a.example", target) == "302 http://a.example\(answer)")
    }

    @Test(arguments: ["http_referer", "http_x_forwarded_host", "cookie_a", "arg_next", "made_up", "1", ""])
    func `an app-root takes no other variables, and says which there are`(_ name: String) throws {
        let result = try translated(ingress(annotations: ["app-root": "/x$\(name)"], rule("a.example", path("/"))))
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.diagnostics.first?.message.contains("'$\(name)', which is none of $args, ") == true)
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
    }
}
