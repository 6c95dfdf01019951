import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// By which cookie the clients of an Ingress are kept at an endpoint.
struct AffinitySettingTests {
    private func result(_ annotations: [String: String]) throws -> Translation {
        try translated(ingress(annotations: annotations, rule("a.example", path("/a"))))
    }

    private func session(_ result: Translation) -> SessionCookie? {
        result.server("a.example")?.locations.first?.policy.session
    }

    @Test func `an Ingress has an upstream and a cookie of its own`() throws {
        let result = try translated(
            ingress(
                "shop/a",
                annotations: [
                    "affinity": "cookie", "session-cookie-name": "route", "session-cookie-path": "/b",
                    "session-cookie-domain": "shop.example", "session-cookie-max-age": "60",
                    "session-cookie-expires": "90", "session-cookie-samesite": "STRICT",
                    "session-cookie-secure": "true", "session-cookie-conditional-samesite-none": "true",
                    "load-balance": "ewma",
                ],
                rule("a.example", path("/a"))
            ),
            ingress("shop/b", rule("b.example", path("/b")))
        )
        var expected = SessionCookie(SessionRule(try #require(CookieName("route"))))
        expected.path = CookieAttribute("/b")
        expected.domain = CookieAttribute("shop.example")
        expected.maxAge = 60
        expected.sameSite = .strict
        expected.isSecure = true
        expected.sparesOldBrowsers = true
        #expect(session(result) == expected)
        #expect(result.codes == [])
        let methods = Set(result.configuration.upstreams.map(\.policy.balancing))
        #expect(methods == [.session(expected.rule), .roundRobin])
    }

    @Test(
        arguments: [
            (["session-cookie-path": "/;Secure"], ["annotation-invalid"]),
            (["session-cookie-path": "/a b"], ["annotation-invalid"]),
            (["session-cookie-domain": "a;b"], ["annotation-invalid"]),
            (["session-cookie-name": "a;b"], ["annotation-invalid"]),
            (["session-cookie-max-age": "1h"], ["annotation-invalid"]),
            (["session-cookie-samesite": "some"], ["annotation-invalid"]),
            (["session-cookie-change-on-failure": "often"], ["annotation-invalid"]),
            (["affinity-mode": "stable"], ["annotation-invalid"]), (["affinity-mode": "balanced"], []),
        ] as [([String: String], [String])]
    )
    func `a value that is none is told, and the rest holds`(_ annotations: [String: String], _ codes: [String]) throws {
        let result = try result(annotations.merging(["affinity": "cookie"]) { $1 })
        #expect(session(result)?.name.value == "INGRESSCOOKIE")
        #expect(session(result)?.path == nil)
        #expect(session(result)?.domain == nil)
        #expect(result.codes == codes)
    }

    @Test(arguments: [true, false], [true, false])
    func `an upstream and the cookie of its clients keep them in one way`(
        _ isPersistent: Bool,
        _ changesOnFailure: Bool
    ) throws {
        let result = try result([
            "affinity": "cookie", "affinity-mode": isPersistent ? "persistent" : "balanced",
            "session-cookie-change-on-failure": "\(changesOnFailure)",
        ])
        let rule = try #require(session(result)?.rule)
        #expect(rule.isPersistent == isPersistent && rule.changesOnFailure == changesOnFailure)
        #expect(result.configuration.upstreams.map(\.policy.balancing) == [.session(rule)])
        #expect(result.codes == [])
    }

    @Test func `settings of a cookie that nobody gets are told`() throws {
        let result = try result(["session-cookie-name": "route", "affinity-mode": "persistent"])
        #expect(session(result) == nil)
        #expect(result.codes == ["annotation-not-read", "annotation-not-read"])
        #expect(try self.result(["affinity": "ip"]).codes == ["annotation-invalid"])
    }
}
