import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// What snippets of Ingresses come to where the global ConfigMap has them read.
struct SnippetTests {
    private func result(
        _ snippet: String,
        _ annotations: [String: String] = [:],
        allowing isAllowed: Bool = true
    ) throws -> Translation {
        try snippetTranslation(
            ingress(
                annotations: annotations.merging(["configuration-snippet": snippet]) { $1 },
                rule("a.example", path("/a"))
            ),
            allowing: isAllowed
        )
    }

    private func location(_ snippet: String, _ annotations: [String: String] = [:]) throws -> Location {
        let server = try #require(try result(snippet, annotations).server("a.example"))
        return try #require(server.location(for: "/a"))
    }

    private func answer(
        _ snippet: String,
        _ target: String = "/a",
        method: String = "GET",
        headers: [String: String] = [:],
        client: String = "10.1.1.1"
    ) throws -> RoutingDecision.Outcome {
        let request = Request(
            host: "a.example",
            method: method,
            target: target,
            headers: headers,
            client: IPAddress(client)
        )
        return try result(snippet).configuration.route(request).outcome
    }

    // MARK: Headers

    @Test(arguments: [
        ("more_set_headers \"X-A: b\";", ["X-A"], ["X-A: b always"]),
        ("more_set_headers 'X-A: b c' \"X-B:d\";", ["X-A", "X-B"], ["X-A: \"b c\" always", "X-B: d always"]),
        ("more_set_headers 'X-A:';", ["X-A"], []),
        ("more_clear_headers X-A 'X-B';", ["X-A", "X-B"], []),
        ("proxy_hide_header X-A;", ["X-A"], []),
        ("add_header X-A b;", [], ["X-A: b"]),
        ("add_header X-A b always;", [], ["X-A: b always"]),
        ("add_header X-A \"\";", [], []),
        ("add_header X-A ${host}x$scheme;", [], ["X-A: ${host}x$scheme"]),
        ("add_header X-A b; add_header X-A c;", [], ["X-A: c"]),
        ("add_header Vary a; add_header Vary b;", [], ["Vary: a", "Vary: b"]),
        ("add_header X-A \"a;\n  b\";", [], ["X-A: \"a; b\""]),
        ("# more_set_headers 'X-B: c';\nadd_header X-A \"#b\";", [], ["X-A: \"#b\""]),
    ])
    func `headers of responses are set beside those of others`(
        _ snippet: String,
        _ hidden: [String],
        _ added: [String]
    ) throws {
        let headers = try location(snippet).policy.value.responseHeaders ?? ResponseHeaders()
        #expect(headers.hidden.map(\.value) == hidden)
        #expect(headers.added.map { "\($0.name): \($0.value)\($0.isAlways ? " always" : "")" } == added)
    }

    @Test(arguments: [
        ("proxy_set_header X-A $remote_addr;", ["X-A: $remote_addr"]),
        ("proxy_set_header X-A b; grpc_set_header x-a c;", ["x-a: c"]),
        ("more_set_input_headers 'X-A: b';", ["X-A: b"]),
        ("more_clear_input_headers X-A;", ["X-A: \"\""]),
        ("proxy_set_header X-Id $req_id;", ["X-Id: $request_identifier"]),
        (
            "proxy_set_header X-A $service_name.$namespace:$service_port;",
            ["X-A: $service_name.$namespace:$service_port"]
        ),
    ])
    func `headers of requests are set`(_ snippet: String, _ expected: [String]) throws {
        let headers = try location(snippet).policy.value.requestHeaders ?? RequestHeaders()
        #expect(headers.headers.map { "\($0.name): \($0.value)" } == expected)
    }

    @Test func `a header that names the Service has it set`() throws {
        let script = try location("add_header X-A $service_name; if ($arg_a) { add_header X-B $ingress_name; }").policy
            .value.script?.value
        #expect(script?.parts == [.ingressName, .serviceName])
        #expect(try location("add_header X-A b;").policy.value.script == nil)
    }

    @Test(arguments: [
        "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection 'upgrade';",
        "proxy_set_header Connection \"\";", "proxy_set_header Connection $connection_upgrade;",
        "proxy_ssl_verify off;",
        "log_not_found off;", "proxy_pass_header X-A;",
        "auth_request_set $c $upstream_http_set_cookie; add_header Set-Cookie $c;",
    ])
    func `what is done anyway is needless`(_ snippet: String) throws {
        let result = try result(snippet)
        #expect(result.codes == ["snippet-needless"])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    // MARK: Steps

    @Test(arguments: [
        ("return 204;", "204"), ("return 403;", "403"), ("return 200 'hello\n';", "200"),
        ("return 301 https://new.example$request_uri;", "301 https://new.example/a?b=1"),
        ("return https://new.example/;", "302 https://new.example/"),
        ("return 302 /login;", "302 http://a.example/login"),
        ("return 307 $scheme://$host$request_uri;", "307 http://a.example/a?b=1"),
        ("if ($args) { return 401; }", "401"), ("if ($args = b=1) { return 401; }", "401"),
        ("if ( $arg_b != 1 ) { return 401; }", "shop_web_80 /a?b=1"),
        ("if ($request_uri ~* \"^/A\") { return 401; }", "401"),
        ("if ($request_uri !~ ^/a) { return 401; }", "shop_web_80 /a?b=1"),
        ("if ($uri ~ ^/b) { return 401; } return 402;", "402"),
        ("set $x 0; if ($x) { return 401; }", "shop_web_80 /a?b=1"),
        ("set $x \"${host}-$arg_b\"; if ($x = a.example-1) { return 401; }", "401"),
        ("if ($host ~ ^a\\.(.+)$) { return 301 https://$1/; }", "301 https://example/"),
        ("set $to https://b.example/; if ($http_x) { set $to /c; } return 301 $to;", "301 https://b.example/"),
        ("rewrite ^/a$ /b break;", "shop_web_80 /b?b=1"),
        ("rewrite ^/(.)$ /x/$1 break; return 401;", "shop_web_80 /x/a?b=1"),
        ("rewrite ^/b$ /c last;", "shop_web_80 /a?b=1"), ("rewrite ^/a$ /c last;", "404"),
        ("rewrite ^/a$ /a/c last;", "shop_web_80 /a/c?b=1"),
        ("rewrite ^/a(.*)$ /a/x$1 last;", "500"), ("set $x 1; rewrite ^/a$ /c last;", "undecided"),
        ("break; return 403;", "shop_web_80 /a?b=1"), ("limit_except POST { deny all; }", "403"),
        ("break; limit_except POST { deny all; }", "403"), ("limit_except GET { deny all; }", "shop_web_80 /a?b=1"),
    ])
    func `steps decide in their order`(_ snippet: String, _ expected: String) throws {
        let result = try result(snippet)
        #expect(result.codes == [])
        #expect(result.answer("a.example", "/a?b=1") == expected)
    }

    @Test func `a condition looks at headers and cookies`() throws {
        let snippet = "if ($http_user_agent ~* (curl|bot)) { return 403; }"
        #expect(try answer(snippet) != .answered(.forbidden))
        #expect(try answer(snippet, headers: ["user-agent": "My BOT"]) == .answered(.forbidden))
        let cookie = "if ($cookie_beta = 1) { return 403; } return 204;"
        #expect(try answer(cookie) == .answered(.noContent))
        #expect(try answer(cookie, headers: ["cookie": "beta=1"]) == .undecided)
    }

    @Test(arguments: [
        ("allow 10.0.0.0/8; deny all;", "10.1.1.1", true), ("allow 10.0.0.0/8; deny all;", "11.1.1.1", false),
        ("deny 10.1.1.1; allow 10.0.0.0/8; deny all;", "10.1.1.1", false),
        ("allow 10.1.1.1; deny 10.0.0.0/8;", "10.1.1.1", true), ("allow 10.1.1.1; deny 10.0.0.0/8;", "10.1.1.2", false),
        ("allow 10.1.1.1; deny 10.0.0.0/8;", "11.1.1.2", true), ("deny all;", "fd00::1", false),
    ])
    func `the first rule that is about a client decides`(_ snippet: String, _ client: String, _ isServed: Bool) throws {
        let outcome = try answer(snippet, client: client)
        #expect((outcome == .denied) == !isServed)
    }

    @Test func `the lists of annotations come first`() throws {
        let access = try location("allow 10.1.1.1;", ["denylist-source-range": "10.0.0.0/8"]).policy.value.access
        #expect(access?.verdict(on: try #require(IPAddress("10.1.1.1"))) == .denies)
    }

    // MARK: Settings

    @Test(arguments: [
        ("proxy_read_timeout 5m;", "proxy_read_timeout 5m"), ("client_max_body_size 8m;", "client_max_body_size 8m"),
        ("proxy_buffering on;", "proxy_buffering on"), ("gzip off; etag off;", "etag off"),
        ("send_timeout 90;", "send_timeout 90s"), ("proxy_method POST;", "proxy_method POST"),
        ("expires 1h;", "expires 1h"), ("expires modified +1d;", "expires modified +1d"),
        ("expires max;", "expires max"), ("limit_req_status 429;", "limit_req_status 429"),
    ])
    func `directives of one value are settings`(_ snippet: String, _ expected: String) throws {
        #expect("; \(try location(snippet).policy.value.settings); ".contains("; \(expected); "))
    }

    @Test(arguments: [
        ("proxy_ssl_server_name on; proxy_ssl_name $host;", Expression(.requestHost)),
        ("proxy_ssl_server_name on; proxy_ssl_name b.example;", Expression(literal: "b.example")),
        ("proxy_ssl_server_name on;", Expression(literal: "web.shop.svc")), ("proxy_ssl_name b.example;", nil),
    ])
    func `backends are told the name that a snippet says`(_ snippet: String, _ name: Expression?) throws {
        guard case .proxy(let proxying) = try location(snippet, ["backend-protocol": "HTTPS"]).action else {
            Issue.record("nothing is passed on")
            return
        }
        #expect(proxying.transport.tls.name == name)
        #expect(proxying.transport.tls.sendsName == (name != nil))
        #expect(try result(snippet, ["backend-protocol": "HTTPS"]).codes == [])
    }

    @Test func `errors of backends stay what they are where a snippet says so`() throws {
        let errors = ["custom-http-errors": "404", "default-backend": "web"]
        #expect(try result("proxy_intercept_errors off;").codes == [])
        let (off, on) = (try location("proxy_intercept_errors off;", errors), try location("etag off;", errors))
        #expect(off.policy.value.errorPages?.replacesBackends == false)
        #expect(on.policy.value.errorPages?.replacesBackends == true)
    }

    @Test func `an annotation counts before a directive that stands for the same`() throws {
        let result = try result("proxy_read_timeout 5m;", ["proxy-read-timeout": "7"])
        #expect(result.codes == ["snippet-refused"])
        let location = try #require(result.server("a.example")?.location(for: "/a"))
        #expect(location.policy.value.settings.value(of: "proxy_read_timeout") == "7s")
    }

    @Test func `requests are not logged where the snippet says so`() throws {
        #expect(try !location("access_log off;").policy.value.isLogged)
    }

    // MARK: What is refused

    @Test(arguments: [
        "proxy_pass http://b;", "alias /etc/;", "root /;", "include x;", "auth_request /a;",
        "location /b { return 200; }",
        "if ($geoip_country_code = XX) { return 403; }", "if (-f /etc/passwd) { return 403; }", "limit_req zone=a;",
        "if ($uri ~ ^/(.*)$) { return 301 https://b.example/$1; }", "if ($a) { if ($b) { return 403; } }",
        "if ($http_a ~ \"(?<host>.*)\") { return 403; }", "if ($http_a ~ \"(\") { return 403; }", "allow nobody;",
        "deny;",
        "access_by_lua_block { if a then ngx.say(\"}\") end -- }\n }", "rewrite_by_lua 'return 403';",
        "limit_except GET { allow all; }", "limit_except get { deny all; }", "js_access a;", "unknown_directive;",
        "return 403 $uri;", "if ($http_a < 1) { return 403; }", "set_by_lua_block $a { return 403 }",
    ])
    func `what may guard and is not taken closes the paths`(_ snippet: String) throws {
        let result = try result(snippet)
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.diagnostics.map(\.severity) == [.error])
        #expect(
            result.diagnostics.first?.field == "metadata.annotations[nginx.ingress.kubernetes.io/configuration-snippet]"
        )
    }

    @Test(arguments: [
        "add_header X-A $uri;", "add_header X-A 'ü';", "add_header 'X A' b;", "add_header X-A;", "add_header Server a;",
        "more_set_headers -s 404 'X-A: b';", "proxy_set_header Transfer-Encoding chunked;",
        "proxy_set_header X-A $unknown;",
        "proxy_set_header Connection keep-alive;", "set $host a;", "set $args a=b;", "set $1 a;", "set a b;",
        "return 302 //evil.example;", "return 302 /$arg_a;", "return 302 /\\\\evil.example;",
        "return 302 https://$arg_a;", "return 302 https://$http_host.$cookie_a/;",
        "return 301 evil.example;", "rewrite ^ https://$arg_a/ redirect;", "rewrite ^/(.*)$ https://$1 permanent;",
        "rewrite ^/(.*)$ /x?y=$1;", "rewrite ( /x;", "rewrite ^ x;", "rewrite ^ /x now;", "expires sometimes;",
        "proxy_read_timeout soon;", "satisfy maybe;", "proxy_read_timeout 500ms;", "gzip perhaps;", "sub_filter a b;",
        "proxy_cache a;",
        "client_max_body_size;", "brotli on;", "access_log /tmp/a;", "if ($http_a) { add_header X-A $uri; }",
        "if ($http_a) { more_clear_headers X-A; }",
    ])
    func `what guards nothing and is not taken is left out`(_ snippet: String) throws {
        let result = try result("add_header X-Kept yes;\n\(snippet)")
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.diagnostics.map(\.code) == ["snippet-refused"])
        #expect(result.diagnostics.map(\.severity) == [.warning])
        #expect(result.diagnostics.first?.message.contains("in line 2 of 'configuration-snippet'") ?? false)
        let policy = try #require(result.server("a.example")?.location(for: "/a")).policy.value
        #expect(policy.responseHeaders?.added.map(\.name.value) == ["X-Kept"])
        #expect(policy.script?.value.steps ?? [] == [])
    }

    @Test func `an answer without a body needs no headers about one`() throws {
        let acts = "add_header Content-Length 0; more_set_headers 'Content-Type: text/plain'; return 204;"
        let text = "if ($request_method = OPTIONS) { \(acts) }"
        #expect(try result(text).codes == [])
        #expect(try answer(text, method: "OPTIONS") == .answered(.noContent))
    }

    @Test(arguments: ["add_header Date today;", "add_header X-A $unknown;", "access_log off;"])
    func `one wrong header leaves the other acts of its block`(_ wrong: String) throws {
        let text = "if ($request_method = OPTIONS) { add_header X-Kept yes;\n\(wrong)\nreturn 204; }"
        let result = try result(text)
        #expect(result.diagnostics.map(\.severity) == [.warning])
        #expect(result.diagnostics.first?.message.contains("in line 2 of 'configuration-snippet'") ?? false)
        #expect(try answer(text, method: "OPTIONS") == .answered(.noContent))
    }

    @Test(arguments: ["limit_req_status 200;", "limit_conn_status soon;", "more_set_headers 'X-A b';"])
    func `what is no status or header is left out`(_ snippet: String) throws {
        let result = try result(snippet)
        #expect(result.diagnostics.map(\.severity) == [.warning])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test func `one wrong header leaves the others of its directive`() throws {
        let result = try result("more_clear_headers Server X-Powered-By;")
        #expect(result.codes == ["snippet-refused"])
        let policy = try #require(result.server("a.example")?.location(for: "/a")).policy.value
        #expect(policy.responseHeaders?.hidden.map(\.value) == ["X-Powered-By"])
    }

    @Test(arguments: ["deny all", "}", "deny all; }", "add_header A \"b;", String(repeating: "if ($a) {", count: 21)])
    func `what nginx could not read closes the paths`(_ snippet: String) throws {
        let result = try result(snippet)
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.codes == ["annotation-invalid"])
    }

    @Test func `a deep text takes no deep stack`() throws {
        for text in [String(repeating: "if ($a) {", count: 7_000), String(repeating: "a {", count: 100_000)] {
            #expect(try result(text).answer("a.example", "/a") == "503")
            #expect(try result(text, allowing: false).answer("a.example", "/a") == "503")
        }
    }

    @Test func `nothing is read unless the global ConfigMap allows it`() throws {
        let open = try result("more_set_headers 'X-A: b';", allowing: false)
        #expect(open.codes == ["annotation-not-read"])
        #expect(open.server("a.example")?.location(for: "/a")?.policy.value.responseHeaders == nil)
        #expect(try result("deny all;", allowing: false).codes == ["annotation-not-honoured"])
    }

    // MARK: Names

    @Test func `two snippets of a host share no variables`() throws {
        let result = try snippetTranslation(
            ingress(
                "shop/a",
                annotations: ["configuration-snippet": "set $v 1; return 200 $v;"],
                rule("a.example", path("/a"))
            ),
            ingress(
                "shop/b",
                annotations: ["configuration-snippet": "set $v 2; return 200 $v;"],
                rule("a.example", path("/b"))
            )
        )
        let server = try #require(result.server("a.example"))
        let names = ["/a", "/b"].compactMap { server.location(for: $0)?.policy.value.script?.variables }
        #expect(names.count == 2 && names[0].count == 1 && names[0] != names[1])
    }

    @Test(arguments: HostileText.all + HostileText.refused + HostileText.random(200, seed: 5))
    func `a hostile snippet is reported, or asks for nothing but what it may`(_ text: String) throws {
        for snippet in [text, "add_header X-A \(text);", "set $a \"\(text)\";", "if ($host ~ \(text)) { return 403; }"]
        {
            let result = try result(snippet)
            #expect(result.configuration.flaws == [])
        }
    }
}

/// A translation where the global ConfigMap has snippets read.
func snippetTranslation(
    _ ingresses: Ingress...,
    allowing isAllowed: Bool = true,
    global data: [String: String] = [:]
) throws -> Translation {
    let name = NamespacedName(namespace: "ingress", name: "global")
    let names = ["shop/web", "shop/api", "shop/other", "blog/web"]
    var cluster = snapshot(
        ingresses,
        services: names.map { service($0) },
        slices: names.enumerated().map { slice($1, ["10.0.0.\($0 + 1)"]) }
    )
    // The level alone would refuse an Ingress with a snippet.
    let gates = ["allow-snippet-annotations": "\(isAllowed)", "annotations-risk-level": "Critical"]
    let data = data.merging(gates) { $1 }
    cluster.configMaps = [ConfigMap(metadata: metadata("ingress/global"), data: data)]
    return translate(cluster, with: try settings { $0.globalConfigMap = name })
}
