import NginxSyntax
import ProxyConfiguration
import Testing

/// The outcome of requests that are not redirected.
struct BackendTests {
    private func outcome(_ location: Location, _ target: String) throws -> RoutingDecision.Outcome {
        try configuration([server("*", [location])]).route(Request(host: "a", target: target)).outcome
    }

    @Test(arguments: [
        ("/app(/|$)(.*)", "/$2", "/app", "/"),
        ("/app(/|$)(.*)", "/$2", "/app/", "/"),
        ("/app(/|$)(.*)", "/$2", "/app/x/y?q=1", "/x/y?q=1"),
        ("/app(/|$)(.*)", "/$2", "/APP/x", "/x"),
        ("/app/(.*)", "/$1/$1", "/app/x", "/x/x"),
        ("/app/(.*)", "/new", "/app/x?q", "/new?q"),
        ("/app/(a)?(b)?", "/$1-$2-$3", "/app/b", "/-b-"),
        ("/app/(.*)", "$1", "/app//x", "x"),
        ("/app(.*)", "$1", "/app/x", "/x"),
        // An empty query goes, and what stands behind a number sign.
        ("/app/(.*)", "/$1", "/app/x?", "/x"),
        ("/app/(.*)", "/$1", "/app/x?a#b", "/x?a"),
        ("/app/(.*)", "/$1", "/app/x#a?b", "/x"),
        ("/app/(.*)", "/$1", "/app/x?a=%2F&b=é", "/x?a=%2F&b=é"),
        // The path is decoded, tidied and escaped anew.
        ("/app/(.*)", "/$1", "/app/%41%2Fb/./c/../d", "/A/b/d"),
        (
            "/app/(.*)", "/$1", "/app/%20%22%23%25%3C%3E%3F%5C%5E%60%7B%7C%7D%7F",
            "/%20%22%23%25%3C%3E%3F%5C%5E%60%7B%7C%7D%7F"
        ),
        ("/app/(.*)", "/$1", "/app/%21%24%26%27%28%29%2A%2B%2C%3A%3B%3D%40%5B%5D%7E", "/!$&'()*+,:;=@[]~"),
        ("/app/(.*)", "/$1", "/app/é", "/%C3%A9"),
        // A dot is no line break.
        ("/app/(.*)", "/$1", "/app/a%0Ab", "/a"),
    ])
    func `a rewrite replaces the path`(_ path: String, _ target: String, _ request: String, _ seen: String) throws {
        let location = try proxy(expression(path), to: "u", rewrite: rewrite(path, to: target))
        #expect(try outcome(location, request) == .proxied(to: upstream("u"), target: seen))
    }

    @Test func `a rewrite without a pattern replaces every path`() throws {
        let location = try proxy(prefix("/app"), to: "u", rewrite: rewrite(nil, to: "/new $1"))
        #expect(try outcome(location, "/app/x?q") == .proxied(to: upstream("u"), target: "/new%20?q"))
    }

    @Test func `a rewrite whose pattern does not match changes nothing`() throws {
        let location = try proxy(prefix("/app"), to: "u", rewrite: rewrite("/other(.*)", to: "/$1"))
        #expect(try outcome(location, "/app//x?") == .proxied(to: upstream("u"), target: "/app//x?"))
    }

    @Test(arguments: ["/app", "/app?q", "/app#x"])
    func `a rewrite that leaves no path is answered with 500`(_ target: String) throws {
        let location = try proxy(expression("/app(.*)"), to: "u", rewrite: rewrite("/app(.*)", to: "$1"))
        #expect(try outcome(location, target) == .answered(.internalServerError))
    }

    @Test func `a name is asked like an upstream`() throws {
        let backend = Backend.name(try #require(HostName("api.example")), try #require(PortNumber(8080)))
        let plain = Location(path: try prefix("/api"), action: .proxy(backend))
        #expect(try outcome(plain, "/api/%2e?") == .proxied(to: backend, target: "/api/%2e?"))
        let rewritten = Location(
            path: try prefix("/api"),
            action: .proxy(backend, rewrite: try rewrite(nil, to: "/v1"))
        )
        #expect(try outcome(rewritten, "/api/x?q") == .proxied(to: backend, target: "/v1?q"))
    }

    @Test func `a status and the counters answer themselves`() throws {
        #expect(try outcome(Location(path: prefix("/a"), action: .status(.ok)), "/a/b") == .answered(.ok))
        #expect(try outcome(Location(path: exact("/a"), action: .stubStatus), "/a") == .stubStatus)
    }
}
