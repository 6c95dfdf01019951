import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Which hosts a rule is for.
struct HostTests {
    @Test(
        arguments: [
            ("a.example", "a.example"), ("A.Example", "a.example"), ("*.a.example", "*.a.example"),
            ("*.A.example", "*.a.example"),
            (nil, "*"), ("", "*"), ("localhost", "localhost"), ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("a.example.", nil), (".a.example", nil), ("a..example", nil), ("*", nil), ("*.", nil),
            ("**.a.example", nil),
            ("a.*.example", nil), ("*a.example", nil), ("a b", nil), ("a;b", nil), ("a{", nil), ("a\n", nil),
            ("ü.example", nil),
            ("a_b.example", nil), ("-a.example", nil), ("a-.example", nil), ("a.example:80", nil), ("http://a", nil),
            ("~a", nil),
            ("$host", nil), ("\u{212A}.example", nil), ("a\u{301}.example", nil),
        ] as [(String?, String?)]
    )
    func `a rule is for a name, one label before a name, or every host`(_ text: String?, _ host: String?) throws {
        let result = try translated(ingress(rule(text, path("/a"))))
        #expect(
            result.configuration.servers.contains { $0.host.text == host && $0.locations.count > 1 } == (host != nil)
        )
        #expect(result.findings == (host == nil ? ["Ingress shop/web spec.rules[0].host error host-invalid"] : []))
        #expect(result.configuration.servers.count == (host == "*" || host == nil ? 1 : 2))
    }

    @Test func `a host has at most 253 letters, 63 of them in a row`() throws {
        let label = String(repeating: "a", count: 63)
        let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        for (host, isTaken) in [(longest, true), (longest + "b", false), (label + "a.example", false)] {
            #expect(try translated(ingress(rule(host, path("/")))).codes == (isTaken ? [] : ["host-invalid"]))
        }
    }

    @Test(
        arguments: [
            ("bücher.example", "xn--bcher-kva.example"), ("*.Bücher.example", "*.xn--bcher-kva.example"),
            ("中文.example", "xn--fiq228c.example"), ("пример.испытание", "xn--e1afmkfd.xn--80akhbyknj4f"),
            ("ü.ü", "xn--tda.xn--tda"), ("straße.de", "xn--strae-oqa.de"), ("a☃b.example", nil),
            ("bu\u{308}cher.example", nil),
            ("ü_.example", nil), ("a b", nil), ("", nil),
        ] as [(String, String?)]
    )
    func `a host in other letters is told what DNS has for it`(_ host: String, _ encoded: String?) throws {
        let result = try translated(ingress(rule(host, path("/"))))
        #expect(result.diagnostics.first?.hint == encoded.map { "write '\($0)', which browsers ask for" })
    }

    @Test func `a host that is too long is told so`() throws {
        let long = Array(repeating: "abcdefg", count: 40).joined(separator: ".")
        let result = try translated(ingress(rule(long, path("/"))))
        #expect(result.diagnostics.first?.message.contains("is longer than 253 characters") == true)
    }

    @Test func `one bad rule spares the others`() throws {
        let result = try translated(
            ingress(rule("a b", path("/")), rule("a.example", path("/")), rule("b.example", path("x")))
        )
        #expect(result.codes == ["host-invalid", "path-invalid"])
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
        #expect(result.answer("b.example", "/") == "404")
    }

    @Test func `servers stand in the order of their names, that of every host first`() throws {
        let hosts = ["b.example", "*.example", "a.example", "example", "*.a.example", "aa.example"]
        let result = try translated(
            ingress("shop/a", rule(nil)),
            ingress(
                "shop/b",
                rule(hosts[0]),
                rule(hosts[1]),
                rule(hosts[2]),
                rule(hosts[3]),
                rule(hosts[4]),
                rule(hosts[5])
            )
        )
        #expect(
            result.configuration.servers.map(\.host.text) == [
                "*", "a.example", "*.a.example", "aa.example", "b.example", "example", "*.example",
            ]
        )
    }

    @Test(arguments: [
        ([], []), ([path("/")], []), ([path("/healthz")], ["path-reserved"]),
        ([path("/healthz", .exact)], ["path-reserved"]), ([path("/nginx_status/")], ["path-reserved"]),
        ([path("/healthz", .exact), path("/healthz")], ["path-reserved", "path-reserved"]),
    ])
    func `nobody takes the endpoints of ingress-nginx from the server of unknown hosts`(
        _ paths: [Ingress.Path],
        _ codes: [String]
    ) throws {
        var web = ingress(rule(nil))
        web.rules[0].paths = paths
        let result = try translated(web, ingress("shop/b", rule("a.example")))
        #expect(result.codes == codes)
        #expect(result.answer("any.example", "/healthz") == "200")
        #expect(result.answer("any.example", "/nginx_status") == "counters")
        #expect(
            result.answer("any.example", "/healthz/x")
                == (paths.contains { $0.path == "/" || $0.path == "/healthz" && $0.pathType == .prefix }
                    ? "shop_web_80 /healthz/x" : "404")
        )
        #expect(result.answer("a.example", "/healthz") == "404")
    }

    @Test(arguments: [("/health.*", ["path-reserved"]), ("/.*", []), ("/(.*)", []), ("/x.*", [])])
    func `nor by an expression, which is told so if it does not mean everything`(
        _ expression: String,
        _ codes: [String]
    ) throws {
        var web = ingress(annotations: ["use-regex": "true"], rule(nil))
        web.rules[0].paths = [path(expression, .implementationSpecific)]
        let result = try translated(web)
        #expect(result.codes == codes)
        #expect(result.answer("any.example", "/healthz") == "200")
    }

    @Test func `a host's own /healthz is its Ingress's`() throws {
        let result = try translated(ingress(rule("a.example", path("/healthz", .exact))))
        #expect(result.codes == [])
        #expect(result.answer("a.example", "/healthz") == "shop_web_80 /healthz")
    }

    @Test(arguments: [
        (ingress(), ["ingress-without-rules"]),
        (ingress(rule("a.example")), []), (ingress(defaultBackend: "web:80"), []),
    ])
    func `an Ingress that serves nothing is told so`(_ web: Ingress, _ codes: [String]) throws {
        #expect(try translated(web).codes == codes)
    }

    @Test func `with no Ingress there is one server, which answers 404`() throws {
        let result = translate(ClusterSnapshot(), with: try settings())
        #expect(result.configuration.servers.map(\.host) == [.any])
        #expect(result.configuration.servers.first?.origin == nil)
        #expect(result.answer("a.example", "/") == "404")
        #expect(result.diagnostics == [])
    }
}
