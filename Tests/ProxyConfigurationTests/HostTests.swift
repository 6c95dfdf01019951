import NginxSyntax
import ProxyConfiguration
import Testing

/// Which server takes a request.
struct HostTests {
    private static func configuration() throws -> Configuration {
        try ProxyConfigurationTests.configuration([
            server("*"), server("shop.example"), server("*.shop.example"), server("a.shop.example"),
            server("*.deep.shop.example"),
        ])
    }

    @Test(arguments: [
        ("shop.example", "shop.example"),
        ("SHOP.Example", "shop.example"),
        ("shop.example:8080", "shop.example"),
        ("shop.example:", "shop.example"),
        ("shop.example:80:90", "shop.example"),
        ("shop.example.", "shop.example"),
        ("shop.example.:80", "shop.example"),
        ("shop.example.:8.0", "*"),
        ("a.shop.example", "a.shop.example"),
        ("b.shop.example", "*.shop.example"),
        ("B.SHOP.EXAMPLE.:443", "*.shop.example"),
        ("*.shop.example", "*.shop.example"),
        ("ü.shop.example", "*.shop.example"),
        ("a.b.shop.example", "*"),
        (".shop.example", "*"),
        ("deep.shop.example", "*.shop.example"),
        ("x.deep.shop.example", "*.deep.shop.example"),
        ("xshop.example", "*"),
        ("shop.example.org", "*"),
        ("other.example", "*"),
        ("localhost", "*"),
        ("10.0.0.1", "*"),
        ("[::1]", "*"),
        ("[::1]:80", "*"),
        ("[::1", "*"),
        ("[shop.example]", "*"),
        ("x[shop.example]", "*"),
        ("_", "*"),
        ("", "*"),
        // Letters that only Unicode takes for those of the name: KELVIN SIGN and a capital with a dot.
        ("\u{212A}.shop.example", "*.shop.example"),
        ("shop.example\u{301}", "*"),
    ])
    func `a host is served by the server that names it, a wildcard of one label, or the first`(
        _ host: String,
        _ expected: String
    ) throws {
        let decision = try Self.configuration().route(Request(host: host, target: "/"))
        #expect(try decision.host == pattern(expected))
    }

    @Test func `letters outside of ASCII never become those of a host`() throws {
        let kelvin = try ProxyConfigurationTests.configuration([server("*"), server("kelvin.example")])
        #expect(kelvin.route(Request(host: "\u{212A}elvin.example", target: "/")).host == .any)
        #expect(kelvin.route(Request(host: "Kelvin.example", target: "/")).host != .any)
    }

    @Test(arguments: [
        ".", "..", "a..b", "shop.example..", "..shop.example", ":80", ".:80", "a/b", "/", "shop.example/x",
        "shop.example:80/x", "shop.example:8..0", "a b", " ", "a\tb", "a\u{7F}b", "a\nb", "a\u{0}b",
    ])
    func `a host that nginx refuses is answered with 400`(_ host: String) throws {
        let decision = try Self.configuration().route(Request(host: host, target: "/"))
        #expect(decision == RoutingDecision(outcome: .answered(.badRequest)))
    }

    @Test func `without servers there is nobody to answer`() throws {
        let empty = try ProxyConfigurationTests.configuration([])
        #expect(empty.route(Request(host: "a", target: "/")) == RoutingDecision(outcome: .answered(.notFound)))
    }
}
