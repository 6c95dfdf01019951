import NginxSyntax
import ProxyConfiguration
import Testing

/// Where a request is sent instead of to a backend.
struct RedirectTests {
    private func outcome(
        _ server: VirtualServer,
        _ scheme: Listener.Scheme,
        _ host: String,
        _ target: String
    ) throws -> RoutingDecision.Outcome {
        try configuration([server]).route(Request(scheme: scheme, host: host, target: target)).outcome
    }

    @Test(arguments: [
        ("shop.example", "/", "https://shop.example"),
        ("shop.example", "/foo", "https://shop.example/foo"),
        ("shop.example", "/foo/", "https://shop.example/foo"),
        ("shop.example", "/foo//", "https://shop.example/foo/"),
        ("shop.example", "/foo/?x=/", "https://shop.example/foo/?x="),
        ("shop.example", "/foo?x#y/", "https://shop.example/foo?x#y"),
        ("Shop.Example.:8080", "/Foo/%2e/", "https://shop.example/Foo/%2e"),
        ("[::1]:80", "/a", "https://[::1]/a"),
        // To Unicode the sign and the slash are one character.
        ("shop.example", "/\u{600}/", "https://shop.example/\u{600}"),
        ("", "/a", "https://_/a"),
    ])
    func `plain HTTP is sent to the same URL without a port and a final slash`(
        _ host: String,
        _ target: String,
        _ url: String
    ) throws {
        let location = try proxy(prefix("/"), to: "u", redirectsToHTTPS: true)
        let secure = try server("*", unmatched: location)
        #expect(try outcome(secure, .http, host, target) == .redirected(.permanentRedirect, to: url))
        #expect(try outcome(secure, .https, host, target) == .proxied(to: upstream("u"), target: target))
    }

    @Test func `a location redirects for itself, whatever it would answer`() throws {
        let mixed = try server(
            "*",
            [
                Location(path: exact("/gone"), httpsRedirect: .permanentRedirect, action: .status(.serviceUnavailable)),
                proxy(prefix("/plain"), to: "u"),
            ]
        )
        #expect(try outcome(mixed, .http, "a", "/gone") == .redirected(.permanentRedirect, to: "https://a/gone"))
        #expect(try outcome(mixed, .https, "a", "/gone") == .answered(.serviceUnavailable))
        #expect(try outcome(mixed, .http, "a", "/plain") == .proxied(to: upstream("u"), target: "/plain"))
        #expect(try outcome(mixed, .http, "a", "/x") == .answered(.notFound))
    }

    @Test(arguments: [
        ("Shop.example:8080", "/", "://Shop.example:8080/app/$x"),
        ("shop.example", "//", "://shop.example/app/$x"),
        ("shop.example", "/?a=b", "://shop.example/app/$x"),
        ("shop.example", "/x/..", "://shop.example/app/$x"),
    ])
    func `the root of an application is sent to its place, before HTTPS`(
        _ host: String,
        _ target: String,
        _ end: String
    ) throws {
        let location = try proxy(prefix("/"), to: "u", redirectsToHTTPS: true)
        let application = try server("*", appRoot: "/app/$x", unmatched: location)
        #expect(try outcome(application, .http, host, target) == .redirected(.found, to: "http" + end))
        #expect(try outcome(application, .https, host, target) == .redirected(.found, to: "https" + end))
    }

    @Test func `an application's other paths are not redirected`() throws {
        let application = try server("*", appRoot: "/app", unmatched: proxy(prefix("/"), to: "u"))
        #expect(try outcome(application, .http, "a", "/app") == .proxied(to: upstream("u"), target: "/app"))
    }

    @Test func `a decision names the server and the location`() throws {
        let shop = try configuration([
            server("*"), server("shop.example", [proxy(prefix("/a"), to: "u", redirectsToHTTPS: true)]),
        ])
        let decision = shop.route(Request(host: "shop.example", target: "/a/b"))
        #expect(try decision.host == pattern("shop.example"))
        #expect(try decision.path == prefix("/a"))
    }
}
