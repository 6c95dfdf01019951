import NginxSyntax
import ProxyConfiguration
import Testing

/// The requests that nginx answers itself, whatever the configuration says.
struct RefusalTests {
    private func outcome(of target: String, method: String = "GET") throws -> RoutingDecision.Outcome {
        try configuration([server("*", unmatched: proxy(prefix("/"), to: "u"))])
            .route(Request(host: "a", method: method, target: target)).outcome
    }

    @Test(arguments: [
        "", "x", "*", "?x", "#", "http", "%2F", "/..", "/a/../..", "/%2e%2e", "/%2E./x", "/a/%2e%2e/..", "/%00",
        "/a%00b",
        "/%", "/%1", "/%zz", "/%+1", "/%1g", "/a%", "/\u{1}", "/a b", "/a\tb", "/\u{7F}", "/a?b c", "/a\n",
    ])
    func `a target that nginx refuses is answered with 400`(_ target: String) throws {
        #expect(try outcome(of: target) == .answered(.badRequest))
    }

    @Test(arguments: ["/...", "/..a", "/a/..", "/a/.", "/.", "/%2e", "/%25", "/%25zz", "/?%zz", "/?%00", "/%FF", "/é"])
    func `a target that nginx takes is served`(_ target: String) throws {
        #expect(try outcome(of: target) == .proxied(to: upstream("u"), target: target))
    }

    @Test(arguments: ["get", "Get", "G1", "", "GET ", "GÉT", "G.T"])
    func `a method that nginx cannot read is answered with 400`(_ method: String) throws {
        #expect(try outcome(of: "/", method: method) == .answered(.badRequest))
    }

    @Test(arguments: ["TRACE", "CONNECT"])
    func `a method that nginx does not pass on is answered with 405`(_ method: String) throws {
        #expect(try outcome(of: "/", method: method) == .answered(.methodNotAllowed))
    }

    @Test(arguments: ["GET", "HEAD", "POST", "OPTIONS", "PROPFIND", "MADE-UP", "M_SEARCH", "-"])
    func `any other method is passed on`(_ method: String) throws {
        #expect(try outcome(of: "/", method: method) == .proxied(to: upstream("u"), target: "/"))
    }
}
