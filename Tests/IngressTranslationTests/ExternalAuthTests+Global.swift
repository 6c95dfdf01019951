import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The service of all Ingresses, which the global ConfigMap names.
extension ExternalAuthTests {
    private static let global = ["global-auth-url": "http://check.auth.svc/all"]

    @Test(
        arguments: [
            ([:], "http://auth_check_80 check.auth.svc /all"),
            (["enable-global-auth": "true"], "http://auth_check_80 check.auth.svc /all"),
            (["enable-global-auth": "false"], nil),
            (["auth-url": url], "http://auth_check_80 check.auth.svc.cluster.local /verify"),
        ] as [([String: String], String?)]
    )
    func `the service of all is asked where an Ingress neither has its own nor declines`(
        _ annotations: [String: String],
        _ asked: String?
    ) throws {
        let result = try result(
            ingress(annotations: annotations, rule("a.example", path("/a"), path("/.well-known/acme-challenge/x"))),
            global: Self.global
        )
        #expect(result.codes == [])
        #expect(result.asked("a.example", "/a") == asked)
        #expect(result.asked("a.example", "/.well-known/acme-challenge/x") == nil)
    }

    @Test(arguments: [
        ["global-auth-url": ""], ["global-auth-url": "x"],
        ["global-auth-url": "http://check.auth.svc/", "global-auth-method": "x"],
        ["global-auth-url": "http://check.auth.svc/", "global-auth-response-headers": "x y"],
    ])
    func `a service of all that cannot be asked lets nobody in who would ask it`(_ global: [String: String]) throws {
        let result = try result(
            ingress("shop/a", rule("a.example", path("/a"), path("/.well-known/acme-challenge/x"))),
            ingress("shop/b", annotations: ["enable-global-auth": "false"], rule("b.example", path("/b"))),
            ingress("shop/c", annotations: ["auth-url": Self.url], rule("c.example", path("/c"))),
            global: global
        )
        #expect(result.answer("a.example", "/a") == "503")
        let challenge = "/.well-known/acme-challenge/x"
        #expect(result.answer("a.example", challenge) == "shop_web_80 \(challenge)")
        #expect(result.answer("b.example", "/b") == "shop_web_80 /b")
        #expect(result.answer("c.example", "/c") == "shop_web_80 /c")
        #expect(result.codes == ["configmap-key-invalid"])
    }

    @Test func `a service of all without endpoints is told once`() throws {
        let result = try result(
            ingress("shop/a", rule("a.example", path("/a"))),
            ingress("shop/b", rule("b.example", path("/b"))),
            slices: [],
            global: Self.global
        )
        #expect(result.answer("a.example", "/a") == "500")
        #expect(result.codes == ["auth-service-unavailable"])
    }

    @Test func `all keys of the service of all are read`() throws {
        let result = try result(
            ingress(rule("a.example", path("/a"), path("/open/x"))),
            global: [
                "global-auth-url": "http://check.auth.svc/", "global-auth-method": "POST",
                "global-auth-signin": "https://sso.example/in", "global-auth-signin-redirect-param": "back",
                "global-auth-response-headers": "X-User, X-Email", "global-auth-request-redirect": "https://a.example/",
                "global-auth-cache-key": "$remote_user$cookie_a", "global-auth-cache-duration": "200 1h, 401 500ms",
                "global-auth-always-set-cookie": "true", "no-auth-locations": "/open",
            ]
        )
        #expect(result.codes == [])
        let authentication = try #require(result.authentication("a.example", "/a"))
        #expect(authentication.method?.value == "POST")
        #expect(
            authentication.signIn?.description
                == "https://sso.example/in?back=$scheme://$requested_host$escaped_request_uri"
        )
        #expect(authentication.responseHeaders.map(\.value) == ["X-User", "X-Email"])
        #expect(authentication.redirect?.description == "https://a.example/")
        #expect(authentication.cache?.key.description == "\"$remote_user $cookie_a\"")
        #expect(authentication.cache?.validity.map { "\($0.statuses) \($0.time)" } == ["[200] 1h", "[401] 0s"])
        #expect(authentication.alwaysSetsCookies)
        #expect(result.asked("a.example", "/open/x") == nil)
        #expect(result.asked("a.example", "/a") != nil)
    }
}
