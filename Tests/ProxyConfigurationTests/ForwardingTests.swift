import Incremental
import NginxSyntax
import ProxyConfiguration
import Testing

/// What proxies in front of nginx say of clients, where they are believed.
struct ForwardingTests {
    private static let proxies = ["10.0.0.0/8", "fd00::/8"]

    private func route(
        _ headers: [String: String],
        from client: String?,
        sendsURL: Bool = true,
        scheme: Listener.Scheme = .http
    ) throws -> RoutingDecision.Outcome {
        let list = AccessPolicy(allowed: [try #require(CIDRBlock("192.0.2.0/24"))])
        var open = try proxy(prefix("/open"), to: "u", redirectsToHTTPS: true)
        open.policy.access = list
        var configuration = try configuration([server("*", appRoot: "/app", [open])])
        configuration.settings.forwarding = Forwarding(
            proxies: try Self.proxies.map { try #require(CIDRBlock($0)) },
            addressHeader: HeaderName(known: "X-Forwarded-For"),
            sendsURL: sendsURL
        )
        let request = Request(
            scheme: scheme,
            host: "a.example:80",
            target: headers["root"] == nil ? "/open" : "/",
            headers: headers,
            client: try client.map { try #require(IPAddress($0)) }
        )
        return configuration.route(request).outcome
    }

    /// The address is looked for from the end: the first that is none of a proxy's is the client's.
    @Test(
        arguments: [
            ("192.0.2.1", "10.0.0.1", true), ("192.0.2.1", "11.0.0.1", false), ("192.0.2.1", "fd00::1", true),
            ("192.0.2.1,10.1.1.1", "10.0.0.1", true), ("192.0.2.1  10.1.1.1 ,", "10.0.0.1", true),
            ("192.0.2.1, 198.51.100.1", "10.0.0.1", false), ("198.51.100.1, 192.0.2.1", "10.0.0.1", true),
            ("192.0.2.1:80", "10.0.0.1", true), ("192.0.2.1:0", "10.0.0.1", false), ("192.0.2.1:", "10.0.0.1", false),
            ("192.0.2.1, [fd00::2]:80", "10.0.0.1", true), ("192.0.2.1, [fd00::2]", "10.0.0.1", true),
            ("192.0.2.1, office", "10.0.0.1", false), ("", "10.0.0.1", false), ("10.0.0.2", "10.0.0.1", false),
            ("192.0.2.1", nil, true),
        ] as [(String, String?, Bool)]
    )
    func `the client is the last that is no proxy`(_ list: String, _ peer: String?, _ isServed: Bool) throws {
        let outcome = try route(["x-forwarded-for": list], from: peer, scheme: .https)
        #expect((outcome != .denied) == isServed)
    }

    @Test(
        arguments: [
            ("https", true), ("HTTPS", true), ("https, http", true), (" https ,http", true), ("wss", true),
            ("http", false), ("ws", false), ("http, https", false), ("httpsx", false), ("", false), (",https", false),
        ]
    )
    func `the scheme is the first that is told`(_ reported: String, _ isSecure: Bool) throws {
        let headers = ["x-forwarded-proto": reported, "x-forwarded-for": "192.0.2.1"]
        let redirect = RoutingDecision.Outcome.redirected(.permanentRedirect, to: "https://a.example/open")
        #expect((try route(headers, from: "10.0.0.1") != redirect) == isSecure)
        #expect(try route(headers, from: "11.0.0.1") == redirect)
        #expect(try route(headers, from: "10.0.0.1", sendsURL: false) == redirect)
    }

    @Test(
        arguments: [
            ("b.example", "b.example"), ("b.example:8443", "b.example"), ("B.example, c.example", "B.example"),
            ("[fd00::1]:80", "[fd00::1]"), ("b/c", "a.example"), ("b.example:", "a.example"), ("", "a.example"),
            ("b.example c.example", "a.example"), ("[b]", "[b]"), ("[fd00::1", "a.example"),
        ]
    )
    func `the host is the first that is told, where it is one`(_ reported: String, _ host: String) throws {
        let outcome = try route(["x-forwarded-host": reported], from: "10.0.0.1")
        #expect(outcome == .redirected(.permanentRedirect, to: "https://\(host)/open"))
        let other = try route(["x-forwarded-host": reported], from: "11.0.0.1")
        #expect(other == .redirected(.permanentRedirect, to: "https://a.example/open"))
    }

    @Test func `a redirect of the root leads to the host that is told, with its port`() throws {
        let headers = ["root": "", "x-forwarded-host": "b.example:8443", "x-forwarded-proto": "https"]
        #expect(try route(headers, from: "10.0.0.1") == .redirected(.found, to: "https://b.example:8443/app"))
        #expect(try route(headers, from: "11.0.0.1") == .redirected(.found, to: "http://a.example:80/app"))
    }
}
