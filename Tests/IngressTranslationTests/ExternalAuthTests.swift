import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The service that a location asks whether its requests may pass.
struct ExternalAuthTests {
    private static let prefix = "nginx.ingress.kubernetes.io"

    /// The translation of Ingresses beside a Service `auth/check` with ports 80 and 8080.
    func result(
        _ ingresses: Ingress...,
        slices: [EndpointSlice]? = nil,
        configMaps: [ConfigMap] = [],
        global: [String: String] = [:],
        with change: (inout TranslationSettings) -> Void = { _ in }
    ) throws -> Translation {
        var snapshot = snapshot(
            ingresses,
            services: [service(), service("auth/check", Service.Port(port: 80), Service.Port(port: 8080))],
            slices: [slice("shop/web", ["10.0.0.1"])] + (slices ?? [slice("auth/check", ["10.0.0.9"], port: nil)])
        )
        snapshot.configMaps = configMaps + [ConfigMap(metadata: metadata("postern/global"), data: global)]
        return translate(
            snapshot,
            with: try settings {
                $0.globalConfigMap = NamespacedName(namespace: "postern", name: "global")
                change(&$0)
            }
        )
    }

    func result(_ annotations: [String: String], host: String? = "a.example") throws -> Translation {
        try result(ingress(annotations: annotations, rule(host, path("/a"))))
    }

    static let url = "http://check.auth.svc.cluster.local/verify"

    // MARK: Who is asked

    @Test(arguments: [
        ("http://check.auth.svc.cluster.local", "http://auth_check_80 check.auth.svc.cluster.local /"),
        ("http://check.auth.svc/verify?x=1", "http://auth_check_80 check.auth.svc /verify?x=1"),
        ("http://check.auth.svc:8080?x", "http://auth_check_8080 check.auth.svc /?x"),
        ("http://Check.Auth.svc.cluster.local./v", "http://auth_check_80 check.auth.svc.cluster.local /v"),
        ("https://sso.example/check", "https://sso.example:443 sso.example /check"),
        ("http://sso.example:9000/check", "http://sso.example:9000 sso.example /check"),
        ("http://203.0.113.7:4180/a", "http://203.0.113.7:4180 203.0.113.7 /a"),
        ("https://$host/oauth2/auth", "https://$host:443 $host /oauth2/auth"),
        ("https://$host:8443/oauth2/auth", "https://$host:8443 $host /oauth2/auth"),
        (
            "http://sso.example/$request_uri/$http_host",
            "http://sso.example:80 sso.example /$request_uri/$requested_host"
        ),
    ])
    func `a URL names a Service of the cluster, an address, a name, or the request's host`(
        _ url: String,
        _ asked: String
    ) throws {
        let result = try result(["auth-url": url])
        #expect(result.codes.filter { $0 != "service-port-not-found" } == [])
        #expect(result.asked("a.example", "/a") == asked)
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test(arguments: [
        "", " ", "auth.example", "ftp://auth.example", "//auth.example", "http://", "http:///x", "http://?x",
        "http://:80/x", "http://a.example:0/", "http://a.example:65536/", "http://a.example:1x/", "http://a.example:/",
        "http://a..example/", "http://-a.example/", "http://a_b.example/", "http://user@a.example/",
        "http://localhost/", "http://sso.localhost/", "http://127.0.0.1/", "http://169.254.169.254/latest",
        "http://0.0.0.0/", "http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://[::1]/",
        "http://$http_host/", "http://$http_x_forwarded_host/", "http://$host.evil.example/", "http://x.$host/",
        "http://sso.example/$http_authorization", "http://sso.example/$uri", "http://sso.example/$args",
        "http://sso.example/$arg_x", "http://sso.example/$", "http://sso.example/${host", "http://sso.example/a b",
        "http://sso.example/a\r\nHost: b", "http://sso.example/a;return 200", "http://sso.example/\"",
        "http://sso.example/}",
        "http://sso.example/#a", "http://sso.example/\\", "http://sso.example/é", "http://sso.example/%0a",
    ])
    func `a URL that cannot be asked lets nobody in`(_ url: String) throws {
        let result = try result(["auth-url": url])
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.configuration.upstreams.isEmpty)
    }

    @Test func `a Service without ready endpoints lets nobody in, until it has some`() throws {
        let asking = ingress(annotations: ["auth-url": Self.url], rule("a.example", path("/a")))
        let gone = try result(asking, slices: [])
        #expect(gone.answer("a.example", "/a") == "500")
        #expect(gone.codes == ["auth-service-unavailable"])
        let ready = try result(asking)
        #expect(ready.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(ready.upstreams.keys.sorted() == ["auth_check_80", "shop_web_80"])
    }

    @Test(arguments: [
        ("http://none.auth.svc/", "auth-service-unavailable"),
        ("http://check.auth.svc:81/", "auth-service-unavailable"),
        ("http://none.shop.svc.cluster.local/", "auth-service-unavailable"),
    ])
    func `a Service that is not there lets nobody in`(_ url: String, _ code: String) throws {
        let result = try result(["auth-url": url])
        #expect(result.answer("a.example", "/a") == "500")
        #expect(result.codes == [code])
    }

    @Test func `a name that nobody resolves lets nobody in`() throws {
        let result = try result(
            ingress(annotations: ["auth-url": "http://sso.example/"], rule("a.example", path("/a")))
        ) { $0.resolvers = [] }
        #expect(result.answer("a.example", "/a") == "500")
        #expect(result.codes == ["auth-resolver-missing"])
    }

    @Test func `clients do not choose who is asked where no rule names a host`() throws {
        let result = try result(["auth-url": "https://$host/oauth2/auth"], host: nil)
        #expect(result.answer("any.example", "/a") == "503")
        #expect(result.codes == ["auth-host-open"])
        let wildcard = try self.result(["auth-url": "https://$host/oauth2/auth"], host: "*.a.example")
        #expect(wildcard.answer("x.a.example", "/a") == "shop_web_80 /a")
    }

    // MARK: Values that guard

    @Test(arguments: [
        ["auth-method": "get"], ["auth-method": "GET POST"], ["auth-method": "GET;"],
        ["auth-response-headers": "X-User,X User"], ["auth-response-headers": "X-User;"],
        ["auth-response-headers": "Content-Length"], ["auth-response-headers": "X-User, transfer-encoding"],
        ["auth-response-headers": ","],
        ["auth-response-headers": "X-This-Name-Of-A-Header-Is-Too-Long-For-The-Tables-Of-Nginx"],
        ["auth-proxy-set-headers": "none"], ["auth-proxy-set-headers": "auth/headers"],
        ["auth-proxy-set-headers": "../headers"], ["auth-proxy-set-headers": "a/b/c"],
    ])
    func `what cannot be honoured lets nobody in`(_ annotations: [String: String]) throws {
        let result = try result(annotations.merging(["auth-url": Self.url]) { $1 })
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.codes.count == 1)
        #expect(result.diagnostics.allSatisfy { $0.message.hasSuffix("about answer 503") })
    }

    @Test(arguments: [
        ["auth-signin": "login"], ["auth-signin": "//b.example/"], ["auth-signin": "https://"],
        ["auth-signin": "https://a.example/$http_cookie"],
        ["auth-signin": "https://a.example/\n"], ["auth-signin": "javascript:alert(1)"],
        ["auth-signin-redirect-param": "a&b"], ["auth-signin-redirect-param": "a=b"],
        ["auth-cache-key": "static"], ["auth-cache-key": "$uri"], ["auth-cache-key": "$remote_user;"],
        ["auth-cache-duration": "200"], ["auth-cache-duration": "200 5"], ["auth-cache-duration": "99 5m"],
        ["auth-cache-duration": "200 5m;"], ["auth-request-redirect": "a b"], ["auth-request-redirect": "$request_uri"],
        ["auth-always-set-cookie": "yes"], ["auth-keepalive": "-1"], ["auth-keepalive-timeout": "1m"],
        ["enable-global-auth": "no"],
    ])
    func `what only tunes is told, and the service is asked all the same`(_ annotations: [String: String]) throws {
        let result = try result(annotations.merging(["auth-url": Self.url]) { $1 })
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.asked("a.example", "/a") == "http://auth_check_80 check.auth.svc.cluster.local /verify")
        #expect(result.codes == ["annotation-invalid"])
        let authentication = try #require(result.authentication("a.example", "/a"))
        #expect(authentication.cache == nil && authentication.signIn == nil && authentication.redirect == nil)
        #expect(!authentication.alwaysSetsCookies)
    }

    @Test func `an annotation about a service that none names is told`() throws {
        let result = try result(["auth-signin": "https://a.example/", "auth-response-headers": "X-User"])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.codes == ["annotation-not-read", "annotation-not-read"])
    }

    // MARK: Headers

    private static let headers = ConfigMap(
        metadata: metadata("shop/headers"),
        data: ["X-A": "one \"two\"; $request_id", "X-Cookie": "${cookie_a}"]
    )

    @Test func `a ConfigMap has headers for the service, and is read anew when it changes`() throws {
        let asking = ingress(
            annotations: ["auth-url": Self.url, "auth-proxy-set-headers": "headers"],
            rule("a.example", path("/a"))
        )
        var cache = TranslationCache()
        var snapshot = snapshot(
            [asking],
            services: [service(), service("auth/check")],
            slices: [slice("shop/web", ["10.0.0.1"]), slice("auth/check", ["10.0.0.9"])]
        )
        #expect(translate(snapshot, with: try settings(), cache: &cache).answer("a.example", "/a") == "503")
        snapshot.configMaps = [Self.headers]
        let read = translate(snapshot, with: try settings(), cache: &cache)
        let authentication = try #require(read.authentication("a.example", "/a"))
        #expect(
            authentication.requestHeaders.headers.map { "\($0.name)=\($0.value)" } == [
                #"X-A="one \"two\"; $request_identifier""#, "X-Cookie=$cookie_a",
            ]
        )
        snapshot.configMaps = [ConfigMap(metadata: metadata("shop/headers"), data: ["X A": "b"])]
        let broken = translate(snapshot, with: try settings(), cache: &cache)
        #expect(broken.answer("a.example", "/a") == "503")
        #expect(broken.codes == ["configmap-invalid"])
    }

    @Test(arguments: [
        ("X-A", "a\r\nb: c"), ("X-A", "$uri"), ("X-A", "$"), ("X-A", "\u{0}"), ("X-A", "é"), ("X A", "b"), ("", "b"),
        ("Content-Length", "1"), ("transfer-encoding", "chunked"), ("Connection", "close"), ("Upgrade", "x"),
    ])
    func `a ConfigMap with what is no header lets nobody in`(_ name: String, _ value: String) throws {
        let result = try result(
            ingress(
                annotations: ["auth-url": Self.url, "auth-proxy-set-headers": "shop/headers"],
                rule("a.example", path("/a"))
            ),
            configMaps: [ConfigMap(metadata: metadata("shop/headers"), data: [name: value])]
        )
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.codes == ["configmap-invalid"])
    }

    // MARK: Paths and hosts

    @Test func `certificate authorities prove a host beside, and below, what is guarded`() throws {
        let solver = path("/.well-known/acme-challenge/token", .exact, to: "web:80")
        for url in [Self.url, "nonsense"] {
            let result = try result(
                ingress(
                    "shop/app",
                    at: 1,
                    annotations: ["auth-url": url],
                    rule("a.example", path("/"), path("/.well-known/acme-challenge/own", .exact))
                ),
                ingress("shop/solver", at: 2, rule("a.example", solver))
            )
            for name in ["token", "own"] {
                let target = "/.well-known/acme-challenge/\(name)"
                #expect(result.answer("a.example", target) == "shop_web_80 \(target)")
                #expect(result.asked("a.example", target) == nil)
            }
            #expect(result.answer("a.example", "/x") == (url == Self.url ? "shop_web_80 /x" : "503"))
        }
    }

    @Test(arguments: [
        ("/open", true), ("/open/.*", true), ("/open$", true), ("/open|/a", false), ("/open?", false),
        ("/open*", false),
        ("/open{0,1}", false), ("/a", false),
    ])
    func `an expression is open where it matches nothing but open paths`(_ pattern: String, _ isOpen: Bool) throws {
        let result = try result(
            ingress(
                annotations: ["auth-url": Self.url, "use-regex": "true"],
                rule("a.example", path(pattern, .implementationSpecific))
            ),
            global: ["no-auth-locations": "/open"]
        )
        let location = try #require(result.server("a.example")?.locations.first)
        #expect((location.policy.value.authentication == nil) == isOpen)
    }

    @Test func `an Ingress guards its own paths of a host, and no other's`() throws {
        let result = try result(
            ingress("shop/a", at: 1, rule("a.example", path("/a"))),
            ingress("shop/b", at: 2, annotations: ["auth-url": Self.url], rule("a.example", path("/b"), path("/a"))),
            ingress("blog/c", at: 3, annotations: ["auth-url": "x"], rule("a.example", path("/c")))
        )
        #expect(result.asked("a.example", "/a") == nil)
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.asked("a.example", "/b") != nil)
        #expect(result.answer("a.example", "/c") == "503")
    }

    // MARK: Details

    @Test(arguments: [
        ("https://sso.example/start", "https://sso.example/start?rd=BACK"),
        ("https://sso.example/start?a=b", "https://sso.example/start?a=b&rd=BACK"),
        ("https://sso.example/start?", "https://sso.example/start?rd=BACK"),
        ("https://$host/start?rd=$escaped_request_uri", "https://$host/start?rd=$escaped_request_uri"),
        ("https://sso.example/start?rd=", "https://sso.example/start?rd=&rd=BACK"),
        ("https://sso.example/start?ard=x", "https://sso.example/start?ard=x&rd=BACK"),
        ("https://$http_host/start?x=$arg_x", "https://$requested_host/start?x=$arg_x&rd=BACK"),
        ("$scheme://$host/start", "$scheme://$host/start?rd=BACK"),
        ("/oauth2/start?rd=$request_uri", "$scheme://$requested_host/oauth2/start?rd=$request_uri"),
        ("https://sso.example/?rd=https%3A%2F%2F$host", "https://sso.example/?rd=https%3A%2F%2F$host"),
    ])
    func `the URL to sign in tells where the client came from`(_ url: String, _ expected: String) throws {
        let result = try result(["auth-url": Self.url, "auth-signin": url])
        #expect(result.codes == [])
        #expect(
            result.authentication("a.example", "/a")?.signIn?.description
                == expected.replacing("BACK", with: "$scheme://$requested_host$escaped_request_uri")
        )
    }

    @Test func `kept connections are those of an upstream of its own`() throws {
        let result = try result(
            ingress(
                "shop/a",
                annotations: ["auth-url": Self.url, "auth-keepalive": "8", "auth-keepalive-requests": "50"],
                rule("a.example", path("/a"))
            ),
            ingress("shop/b", annotations: ["auth-url": Self.url], rule("b.example", path("/b")))
        )
        #expect(result.codes == [])
        let kept = result.configuration.upstreams.compactMap(\.policy.keptConnections)
        #expect(kept.map { "\($0.count) \($0.requests) \($0.idleTime)" } == ["8 50 1m"])
        #expect(result.configuration.upstreams.count == 3)
    }

    @Test(arguments: [("auth-keepalive", "5"), ("auth-keepalive-share-vars", "true")])
    func `what has no effect is told`(_ name: String, _ value: String) throws {
        let result = try result(["auth-url": "http://sso.example/", name: value])
        #expect(result.codes == ["annotation-not-read"])
        #expect(result.asked("a.example", "/a") != nil)
    }
}

extension Translation {
    func authentication(_ host: String, _ target: String) -> Authentication? {
        let decision = configuration.route(Request(scheme: .http, host: host, target: target))
        guard let server = configuration.servers.first(where: { $0.host == decision.host }) else { return nil }
        return server.locations.first { $0.path == decision.path }?.policy.value.authentication
    }

    /// The service that is asked about a request, the host that it is told, and the target.
    func asked(_ host: String, _ target: String) -> String? {
        guard let authentication = authentication(host, target) else { return nil }
        let service =
            switch authentication.service {
            case .upstream(let name): name.readable
            case .address(let address): "\(address)"
            case .name(let name, let port): "\(name):\(port)"
            case .requestHost(let port): "$host:\(port)"
            case .unavailable: "nobody"
            }
        return
            "\(authentication.usesTLS ? "https" : "http")://\(service) \(authentication.host) \(authentication.target)"
    }
}
