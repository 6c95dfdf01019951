import NginxSyntax
import ProxyConfiguration
import Testing

/// Which location takes a request.
struct PathTests {
    /// The decision for a path of a host with one location and a 404 for the rest.
    private func isServed(_ target: String, by path: PathMatch) throws -> Bool {
        let location = try proxy(path, to: "u")
        return try configuration([server("*", [location])]).route(Request(host: "a", target: target)).path == path
    }

    @Test(arguments: [
        ("/foo", "/foo", true), ("/foo", "/foo/", false), ("/foo", "/FOO", false), ("/foo", "/foo/x", false),
        ("/foo/", "/foo/", true), ("/foo/", "/foo", false), ("/foo/", "/foo//", true),
        ("/", "/", true), ("/", "//", true), ("/", "/x", false), ("/", "/x/..", true),
        ("/foo", "/foo?x=/bar", true), ("/foo", "/foo#bar", true), ("/foo", "/%66oo", true), ("/foo", "/foo%00", false),
        ("/foo", "/foo%0A", false), ("/ü", "/%C3%BC", true), ("/ü", "/ü", true), ("/ü", "/u\u{308}", false),
        ("/a b", "/a%20b", true), ("/a%b", "/a%25b", true), ("/a?b", "/a%3Fb", true), ("/a?b", "/a?b", false),
        ("/a#b", "/a%23b", true),
    ])
    func `an exact path serves just itself, decoded`(_ path: String, _ target: String, _ expected: Bool) throws {
        #expect(try isServed(target, by: exact(path)) == expected)
    }

    @Test(arguments: [
        ("/foo", "/foo", true), ("/foo", "/foo/", true), ("/foo", "/foo/bar", true), ("/foo", "/foo?x", true),
        ("/foo", "/foobar", false), ("/foo", "/fo", false), ("/foo", "/FOO", false), ("/foo", "/x/foo", false),
        ("/foo", "/foo%2Fbar", true), ("/foo", "/foo%0A", false), ("/foo", "/foo/../bar", false),
        ("/foo", "/bar/../foo/x", true), ("/foo", "/foo/..%2Ffoo", true), ("/foo/bar", "/foo//bar", true),
        ("/foo/bar", "/foo/./bar/", true), ("/", "/", true), ("/", "/anything", true),
        ("/ü", "/ü/x", true), ("/ü", "/üx", false), ("/ü", "/ü\u{301}", false),
    ])
    func `a prefix serves whole segments`(_ path: String, _ target: String, _ expected: Bool) throws {
        #expect(try isServed(target, by: prefix(path)) == expected)
    }

    @Test(arguments: [
        ("/foo", "/foo", true), ("/foo", "/FOObar", true), ("/foo", "/x/foo", false), ("/foo$", "/foo/", false),
        ("/foo/[0-9]+", "/foo/12/x", true), ("/foo/[0-9]+", "/foo/x", false), ("/a.c", "/abc", true),
        ("/foo|/bar", "/bar", true), ("/foo|/bar", "/x/bar", false), ("/foo|/bar", "/BAR/x", true),
        ("/(foo|bar)", "/bar", true), ("/(foo|bar)", "/x/bar", false), ("/[(]|/x", "/y/x", false),
        ("/\\Q(\\E|/x", "/y/x", false), ("/(?:a)|/x", "/y/x", false), ("/a(?#()|/x", "/y/x", false),
        ("/a\\Kb", "/ab", true), ("/a\\|b", "/a|b", true), (".", "/", true), ("(?i)/é", "/é", true),
    ])
    func `an expression serves what begins with a match, in any case`(
        _ path: String,
        _ target: String,
        _ expected: Bool
    ) throws {
        #expect(try isServed(target, by: expression(path)) == expected)
    }

    @Test(arguments: ["(*UTF)/foo", "/a|(?x)/foo # comment"])
    func `an expression that cannot be anchored serves nothing`(_ path: String) throws {
        #expect(try !isServed("/foo", by: expression(path)))
    }

    @Test func `the first location that matches serves`() throws {
        let locations = try [
            proxy(exact("/a/b"), to: "exact"), proxy(expression("/a/[a-z]+"), to: "expression"),
            proxy(prefix("/a"), to: "prefix"), proxy(exact("/a"), to: "shadowed"),
        ]
        let shop = try configuration([server("*", locations)])
        for (target, name) in [
            ("/a/b", "exact"), ("/a/B", "expression"), ("/a/1", "prefix"), ("/a", "prefix"), ("/a/b/c", "expression"),
        ] {
            let decision = shop.route(Request(host: "x", target: target))
            #expect(decision.outcome == .proxied(to: try upstream(name), target: target), "\(target)")
        }
        #expect(shop.route(Request(host: "x", target: "/b")).outcome == .answered(.notFound))
    }

    @Test func `the target goes on as it was sent`() throws {
        let shop = try configuration([server("*", [proxy(prefix("/a"), to: "u")])])
        for target in ["/a//b", "/x/../a", "/a/%2e%2e/a", "/a%2Fb", "/a?", "/a?b?c", "/a#b", "/a?b#c", "/a/ü", "/%61"] {
            let decision = shop.route(Request(host: "x", target: target))
            #expect(decision.outcome == .proxied(to: try upstream("u"), target: target))
        }
    }

    @Test func `two ways to write a letter are two paths`() throws {
        let (composed, decomposed) = try (exact("/\u{E9}"), exact("/e\u{301}"))
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        let shop = try configuration([
            server("*", [proxy(composed, to: "composed"), proxy(decomposed, to: "decomposed")])
        ])
        let decision = shop.route(Request(host: "x", target: "/e%CC%81"))
        #expect(decision.path == decomposed)
    }
}
