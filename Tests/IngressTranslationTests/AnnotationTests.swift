import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The values of each annotation, and their effect.
struct AnnotationTests {
    private func findings(_ name: String, _ value: String) throws -> (result: Translation, texts: [String]) {
        let result = try translated(ingress(annotations: [name: value], rule("a.example", path("/a", nil))))
        let field = "metadata.annotations[nginx.ingress.kubernetes.io/\(name)]"
        #expect(result.diagnostics.allSatisfy { $0.field == field || $0.field == "spec.rules[0].http.paths[0].path" })
        return (result, result.diagnostics.map { "\($0.severity) \($0.code)" })
    }

    @Test(
        arguments: ["1", "t", "T", "TRUE", "true", "True"],
        ["use-regex", "ssl-redirect", "force-ssl-redirect", "canary"]
    )
    func `yes is written as Go has it`(_ value: String, _ name: String) throws {
        let (result, texts) = try findings(name, value)
        #expect(texts == (name == "canary" ? ["warning canary-without-rules"] : []))
        let redirect = "308 https://a.example/a"
        #expect(
            result.answer("a.example", "/a")
                == ["force-ssl-redirect": redirect, "canary": "404"][name, default: "shop_web_80 /a"]
        )
        #expect(
            result.answer("a.example", "/A")
                == ["use-regex": "shop_web_80 /A", "force-ssl-redirect": "308 https://a.example/A"][
                    name,
                    default: "404"
                ]
        )
    }

    @Test(
        arguments: ["0", "f", "F", "FALSE", "false", "False", ""],
        ["use-regex", "ssl-redirect", "force-ssl-redirect", "canary"]
    )
    func `no is written as Go has it, or not at all`(_ value: String, _ name: String) throws {
        let (result, texts) = try findings(name, value)
        #expect(texts == [])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.answer("a.example", "/A") == "404")
    }

    @Test(
        arguments: ["yes", "on", "tRUE", " true", "true ", "2", "\u{FF11}", "null"],
        ["use-regex", "ssl-redirect", "force-ssl-redirect", "canary"]
    )
    func `anything else leaves the default`(_ value: String, _ name: String) throws {
        let (result, texts) = try findings(name, value)
        #expect(texts == ["warning annotation-invalid"])
        #expect(result.diagnostics.first?.message.contains("is neither true nor false; ") == true)
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.answer("a.example", "/A") == "404")
    }

    @Test(
        arguments: [
            ("/app", "/app"), ("/", "/"), ("/a/b.c_d~e-f:9", "/a/b.c_d~e-f:9"), ("//x", "//x"),
            ("app", nil), ("http://x", nil), ("/a b", nil), ("/a;b", nil), ("/a\"", nil), ("/a\n", nil), ("/ü", nil),
            ("/a?b", nil), ("/a#b", nil), ("/{", nil), ("/$x", nil), ("/$", nil), ("/$1", nil), ("/$http_referer", nil),
            ("/$cookie_a", nil), ("/$arg_next", nil), ("/${args}", nil), ("$request_uri", nil), ("/$http_host", nil),
        ] as [(String, String?)]
    )
    func `an app-root is a plain absolute path`(_ value: String, _ path: String?) throws {
        let (result, texts) = try findings("app-root", value)
        #expect(texts == (path == nil ? ["warning annotation-invalid"] : []))
        #expect(result.server("a.example")?.policy.appRoot?.path.description == path)
        #expect(result.answer("a.example", "/") == (path.map { "302 http://a.example\($0)" } ?? "404"))
    }

    @Test(arguments: [
        ("/", "/"), ("/new", "/new"), ("/new/", "/new/"), ("/$1", "/"), ("/x$9y", "/xy"), ("$1/z", "/z"),
        ("/a:b~c.d_e-f", "/a:b~c.d_e-f"), ("/$10", "/0"),
    ])
    func `a rewrite-target is a path with groups`(_ value: String, _ seen: String) throws {
        let (result, texts) = try findings("rewrite-target", value)
        #expect(
            texts == [value.contains("$") ? "warning rewrite-group-missing" : "note path-stricter-than-ingress-nginx"]
        )
        #expect(result.answer("a.example", "/a") == "shop_web_80 \(seen)")
    }

    @Test(arguments: [
        "new", "http://", "https:///x", "https://$1/x", "https://x.example$1", "ftp://x.example/", "HTTP://x/", "/$",
        "/$0", "/$a", "/${host}", "/$host", "/a b", "/a;b", "/a?b", "/a#b", "/ü",
        "/a\nb",
        "/\"", "/{}", "$", "/$①", "/$１", "~", "/a%20b",
    ])
    func `a rewrite-target that is no such path rewrites nothing, as in ingress-nginx`(_ value: String) throws {
        let (result, texts) = try findings("rewrite-target", value)
        #expect(texts == ["warning annotation-invalid"])
        #expect(
            result.diagnostics.first?.message.hasSuffix(
                "; paths are not rewritten, nor read as regular expressions because of it"
            ) == true
        )
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test func `a path that is no expression for want of a good rewrite-target is told once`() throws {
        let web = rule("a.example", path("/a/(.*)", .implementationSpecific))
        let result = try translated(ingress(annotations: ["rewrite-target": "/b?c=$1"], web))
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.answer("a.example", "/a/b") == "404")
    }

    @Test(
        arguments: [
            ("modsecurity-snippet", "x", "error annotation-risk-too-high", nil),
            ("denylist-source-range", "office", "error annotation-invalid", nil),
            ("enable-modsecurity", "true", "error annotation-not-honoured", nil),
            ("auth-type", "false", "error annotation-invalid", nil),
            ("upstream-hash-by-subset", "true", "warning annotation-not-read", nil),
            ("rewrite-taget", "/", "warning annotation-unknown", "did you mean 'rewrite-target'?"),
            ("SSL-redirect", "false", "warning annotation-unknown", "did you mean 'ssl-redirect'?"),
            ("made-up-entirely", "x", "warning annotation-unknown", nil),
            ("", "x", "warning annotation-unknown", nil),
        ] as [(String, String, String, String?)]
    )
    func `an annotation that is not read is told of, and fails closed where it guards`(
        _ name: String,
        _ value: String,
        _ finding: String,
        _ hint: String?
    ) throws {
        let (result, texts) = try findings(name, value)
        #expect(texts == [finding])
        let isDenied = finding.hasPrefix("error")
        #expect(result.answer("a.example", "/a") == (isDenied ? "503" : "shop_web_80 /a"))
        if !isDenied { #expect(result.diagnostics.first?.hint == hint) }
    }

    @Test func `annotations of others and empty ones are passed over`() throws {
        var web = ingress(annotations: ["proxy-body-size": "", "made-up": ""], rule("a.example", path("/a")))
        web.metadata.annotations["example.com/x"] = "y"
        web.metadata.annotations["alb.ingress.kubernetes.io/auth-type"] = "y"
        let result = try translated(web)
        #expect(result.codes == [])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }
}
