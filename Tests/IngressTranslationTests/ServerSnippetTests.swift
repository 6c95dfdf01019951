import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// What snippets for whole hosts come to.
struct ServerSnippetTests {
    private func result(_ snippet: String, _ paths: Ingress.Path..., global: [String: String] = [:]) throws
        -> Translation
    {
        var web = ingress(annotations: ["server-snippet": snippet])
        web.rules = [Ingress.Rule(host: "a.example", paths: paths.isEmpty ? [path("/a")] : paths)]
        return try snippetTranslation(web, global: global)
    }

    // MARK: Locations

    @Test(arguments: [
        ("location /x { allow 10.0.0.0/8; deny all; }", "/x", "403"), ("location /x { deny 10.1.1.1; }", "/x", "403"),
        ("location /x { allow all; access_log off; }", "/x", "404"),
        ("location /x { allow all; return 200 ok; }", "/x", "200"),
        ("location = /x { return 200 ok; }", "/x", "200"), ("location = /x { return 200 ok; }", "/x/y", "404"),
        ("location /x { deny all; }", "/x", "403"), ("location /x { deny all; }", "/xyz/1", "403"),
        ("location /x { deny all; }", "/X", "404"), ("location /x { deny all; return 404; }", "/x", "404"),
        ("location ^~ /a/b { return 410; }", "/a/bc", "410"),
        ("location /a { return 410; }", "/a/b", "shop_web_80 /a/b"),
        ("location /a/b { return 410; }", "/a/b/c", "410"),
        ("location /a/b { return 410; }", "/a/c", "shop_web_80 /a/c"),
        ("location ~ \\.php$ { deny all; }", "/a/x.php", "403"),
        ("location ~ \\.php$ { deny all; }", "/a/x.PHP", "shop_web_80 /a/x.PHP"),
        ("location ~* \\.php$ { deny all; }", "/a/x.PHP", "403"),
        ("location ~ ^/a/\\d+$ { return 410; }", "/a/12", "410"),
        ("location ~ ^/b|c$ { return 410; }", "/a/c", "410"), ("location = /x { }", "/x", "404"),
        ("location / { return 301 https://b.example$request_uri; }", "/z", "301 https://b.example/z"),
        ("location /x { if ($arg_a) { return 302 /y; } return 200 'no'; }", "/x?a=1", "302 http://a.example/y"),
        ("location /x { return 410; } location /xy { return 411; }", "/xyz", "411"),
        ("location /xy { return 411; } location /x { return 410; }", "/xyz", "411"),
        (
            "location = /robots.txt { add_header Content-Language en; return 200 \"User-agent: *\\n\"; }",
            "/robots.txt", "200"
        ),
    ])
    func `a location answers by its own steps`(_ snippet: String, _ target: String, _ expected: String) throws {
        let result = try result(snippet)
        #expect(result.codes == [])
        #expect(result.answer("a.example", target) == expected)
        #expect(result.configuration.flaws == [])
    }

    @Test func `a location for some clients guards what an Ingress serves`() throws {
        let result = try result("location / { deny 10.1.1.1; }", path("/"))
        #expect(result.codes == ["snippet-location-taken"])
        #expect(result.answer("a.example", "/a") == "503")
    }

    @Test(arguments: ["add_header Content-Type text/plain;", "more_set_headers 'content-type: text/plain';"])
    func `a location says of what type its answer is`(_ header: String) throws {
        let result = try result("location = /x { \(header) return 200 ok; }")
        #expect(result.codes == [])
        let location = try #require(result.server("a.example")?.location(for: "/x"))
        #expect(location.policy.value.settings.value(of: "default_type") == "text/plain")
    }

    @Test(arguments: [
        "client_max_body_size 8m;", "proxy_read_timeout 1h;", "proxy_buffering off;", "proxy_http_version 1.1;",
        "location = /x { proxy_buffering off; return 410; }",
    ])
    func `what each path has of its own is needless outside`(_ snippet: String) throws {
        let result = try result(snippet)
        #expect(result.codes == ["snippet-needless"])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test func `an exact path comes before expressions of a snippet`() throws {
        let result = try result("location ~ x { deny all; }", path("/x", .exact), path("/"))
        #expect(result.answer("a.example", "/x") == "shop_web_80 /x")
        #expect(result.answer("a.example", "/x/y") == "403")
    }

    @Test(arguments: [
        "location /x { proxy_pass http://b; }", "location /x { alias /etc; }", "location @x { return 200; }",
        "location = /x { return 200; } location = /x { return 201; }",
        "location /x { location /x/y { return 200; } }", "location ~ ( { return 200; }", "location x { return 200; }",
        "location ~ (?<host>.*) { return 200; }", "location /x;", "location { return 200; }", "deny nobody;",
        "limit_except GET { deny all; }", "auth_request /x;", "listen 81; deny all; }",
    ])
    func `a location that is not taken closes the host`(_ snippet: String) throws {
        let result = try result(snippet)
        for target in ["/a", "/x", "/z"] { #expect(result.answer("a.example", target) != "shop_web_80 \(target)") }
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.diagnostics.contains { $0.severity == .error })
    }

    @Test func `a location for what an Ingress serves gets nothing, and closes where it guards`() throws {
        let open = try result("location = /a { return 200 ok; }", path("/a", .exact))
        #expect(open.codes == ["snippet-location-taken"])
        #expect(open.answer("a.example", "/a") == "shop_web_80 /a")
        let closed = try result("location / { return 403; }", path("/"))
        #expect(closed.codes == ["snippet-location-taken"])
        #expect(closed.answer("a.example", "/a") == "503")
    }

    // MARK: The whole host

    @Test(arguments: [
        ("return 301 https://b.example$request_uri;", "/a/b", "301 https://b.example/a/b"),
        ("if ($request_uri ~ \"^/api/health\") { return 403; }", "/api/health", "403"),
        ("if ($host ~ ^(.+)\\.example$) { return 302 https://$1.test/; }", "/a", "302 https://a.test/"),
        ("rewrite ^/old/(.*)$ /a/$1 last;", "/old/b", "shop_web_80 /a/b"),
        ("rewrite ^/old/(.*)$ /a/$1 break;", "/old/b?c=d", "shop_web_80 /a/b?c=d"),
        ("rewrite ^/old$ /new permanent;", "/a", "shop_web_80 /a"),
        (
            "rewrite ^/old$ /x last; location = /x { return 301 https://b.example$request_uri; }", "/old",
            "301 https://b.example/old"
        ), ("break; return 403;", "/a", "shop_web_80 /a"),
    ])
    func `steps come before a location is looked for`(_ snippet: String, _ target: String, _ expected: String) throws {
        let result = try result(snippet)
        #expect(result.codes == [])
        #expect(result.answer("a.example", target) == expected)
    }

    @Test func `networks are those of every path, headers those of the host`() throws {
        let result = try result("deny 10.0.0.0/8; add_header X-A b; proxy_set_header X-C d; access_log off; etag off;")
        let server = try #require(result.server("a.example"))
        #expect(server.policy.additions?.value.responseHeaders.added.map(\.name.value) == ["X-A"])
        #expect(server.policy.additions?.value.requestHeaders.headers.map(\.name.value) == ["X-C"])
        for location in server.locations {
            let policy = location.policy.value
            #expect(policy.access?.verdict(on: try #require(IPAddress("10.1.1.1"))) == .denies)
            #expect(!policy.isLogged && policy.settings.value(of: "etag") == "off")
        }
    }

    @Test func `redirects to HTTPS come behind the steps of the host`() throws {
        var web = ingress(
            annotations: ["server-snippet": "if ($arg_a) { return 204; }", "force-ssl-redirect": "true"],
            rule("a.example", path("/a"))
        )
        web.ingressClassName = "nginx"
        let result = try snippetTranslation(web)
        #expect(result.answer("a.example", "/a?a=1") == "204")
        #expect(result.answer("a.example", "/a") == "308 https://a.example/a")
    }

    // MARK: Several Ingresses

    @Test func `the oldest snippet of a host counts, and one that guards beside it closes its own paths`() throws {
        func result(_ second: String) throws -> Translation {
            try snippetTranslation(
                ingress(
                    "shop/a",
                    at: 1,
                    annotations: ["server-snippet": "add_header X-A b;"],
                    rule("a.example", path("/a"))
                ),
                ingress("shop/b", at: 2, annotations: ["server-snippet": second], rule("a.example", path("/b")))
            )
        }
        #expect(try result("add_header X-A b;").codes == [])
        #expect(try result("add_header X-A c;").codes == ["setting-taken"])
        let guarding = try result("if ($arg_a) { return 403; }")
        #expect(Set(guarding.codes) == ["setting-taken", "snippet-guard-taken"])
        #expect(guarding.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(guarding.answer("a.example", "/b") == "503")
    }

    @Test func `nobody changes a host that others had before`() throws {
        let result = try snippetTranslation(
            ingress("blog/old", at: 1, rule("a.example", path("/old"))),
            ingress("shop/b", at: 2, annotations: ["server-snippet": "return 403;"], rule("a.example", path("/b")))
        )
        #expect(result.codes == ["snippet-of-newcomer"])
        #expect(result.answer("a.example", "/old") == "blog_web_80 /old")
        #expect(result.answer("a.example", "/b") == "503")
    }

    @Test func `nobody changes what load balancers ask for`() throws {
        for snippet in ["return 403;", "location = /healthz { return 500; }", "add_header X-A b;"] {
            let result = try snippetTranslation(
                ingress(annotations: ["server-snippet": snippet], rule(nil, path("/a")))
            )
            #expect(result.codes == ["snippet-of-any-host"])
            #expect(result.answer("other.example", "/healthz") == "200")
            #expect(result.answer("other.example", "/a") == (snippet.contains("add") ? "shop_web_80 /a" : "503"))
        }
        let result = try snippetTranslation(
            ingress(rule(nil, path("/a"))),
            global: ["server-snippet": "location = /healthz { return 500; }"]
        )
        #expect(result.answer("other.example", "/healthz") == "200")
    }

    // MARK: The global ConfigMap

    @Test func `that of the ConfigMap is for every host, before that of Ingresses`() throws {
        let global = ["server-snippet": "location = /x { return 410; } if ($arg_a) { return 411; }"]
        let result = try result("location = /x { return 412; } if ($arg_a) { return 413; }", global: global)
        #expect(result.answer("a.example", "/x") == "410")
        #expect(result.answer("a.example", "/a?a=1") == "411")
        // Hosts that no Ingress names have nothing to serve.
        #expect(result.answer("other.example", "/x") == "404")
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test func `one for locations holds for all paths, and needs no permission`() throws {
        let result = try snippetTranslation(
            ingress(rule("a.example", path("/a"))),
            allowing: false,
            global: ["location-snippet": "more_set_headers 'X-A: b'; deny 10.0.0.0/8; proxy_read_timeout 5m;"]
        )
        #expect(result.codes == [])
        let policy = try #require(result.server("a.example")?.location(for: "/a")).policy.value
        #expect(policy.responseHeaders?.added.map(\.name.value) == ["X-A"])
        #expect(policy.access?.rules.count == 1)
        #expect(result.configuration.settings.directives.value(of: "proxy_read_timeout") == "5m")
    }

    @Test func `what is refused in the ConfigMap closes all Ingresses where it may guard`() throws {
        let result = try snippetTranslation(
            ingress(rule("a.example", path("/a"))),
            global: ["location-snippet": "auth_request /x;"]
        )
        #expect(result.codes == ["snippet-refused"])
        #expect(result.answer("a.example", "/a") == "503")
    }

    // MARK: http, questions and processes

    private func answer(_ snippet: String, http: String, _ headers: [String: String] = [:]) throws -> Translation {
        try snippetTranslation(
            ingress(annotations: ["configuration-snippet": snippet], rule("a.example", path("/a"))),
            global: ["http-snippet": http]
        )
    }

    @Test func `headers of http are those of all, and its directives those that http has`() throws {
        let result = try answer(
            "more_set_headers 'X-A: own';",
            http:
                "add_header X-A all; add_header X-B all; proxy_set_header X-C d; send_timeout 7s; proxy_read_timeout 8s;"
        )
        let settings = result.configuration.settings
        #expect(result.codes == [])
        #expect(settings.responseHeaders.added.map(\.name.value) == ["X-A", "X-B"])
        #expect(settings.requestHeaders.headers.map(\.name.value) == ["X-C"])
        #expect(settings.directives.value(of: "send_timeout") == "7s")
        #expect(settings.directives.value(of: "proxy_read_timeout") == "8s")
    }

    @Test func `snippets may name the variables of maps of http, and those alone`() throws {
        let http =
            "map $http_x_plan $plan { default free; ~*^gold gold; volatile; } map $host $url { default https://b.example; }"
        let result = try answer("add_header X-Plan $plan; if ($plan = gold) { return 301 $url; }", http: http)
        #expect(result.codes == [])
        #expect(result.configuration.settings.maps.map(\.entries.count) == [2, 1])
        let names = result.configuration.settings.maps.map(\.variable)
        let policy = try #require(result.server("a.example")?.location(for: "/a")).policy.value
        #expect(policy.responseHeaders?.added.map(\.value) == [Expression(names[0])])
        #expect(policy.script?.value.variables == [])
        #expect(result.answer("a.example", "/a") == "undecided")
        #expect(try answer("add_header X-Plan $plan;", http: "etag off;").codes == ["snippet-refused"])
    }

    @Test(arguments: [
        "map $a $b { default 1; }", "map $host $b { a 1; A 2; }", "map $host $b { ~( 1; }",
        "map $host $b { hostnames; }",
        "map $host b { a 1; }", "map $host $b { include /etc/passwd; }", "map $host $b { a $uri; }",
        "map $host $b { a 1 2; }",
        "map $host $host { a 1; }", "geo $b { default 1; }", "upstream a { server b; }", "log_format a b;",
        "limit_req_zone $host zone=a:1m rate=1r/s;", "proxy_cache_path /tmp keys_zone=a:1m;",
    ])
    func `what is not taken of http is left out where it guards nothing by itself`(_ http: String) throws {
        let result = try answer("add_header X-A b;", http: http)
        #expect(result.codes == ["snippet-refused"])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.configuration.settings.maps == [])
    }

    @Test(arguments: ["deny all;", "server { listen 81; }", "auth_basic a;"])
    func `what may guard in http closes all`(_ http: String) throws {
        #expect(try answer("add_header X-A b;", http: http).answer("a.example", "/a") == "503")
    }

    @Test func `a question has the headers and the timeouts of its snippet`() throws {
        func question(_ annotations: [String: String], _ global: [String: String] = [:]) throws -> (
            Authentication?, [String]
        ) {
            let result = try snippetTranslation(
                ingress(annotations: annotations, rule("a.example", path("/a"))),
                global: global
            )
            return (result.server("a.example")?.location(for: "/a")?.policy.value.authentication, result.codes)
        }
        let url = ["auth-url": "http://10.0.0.9/check"]
        let snippet = "proxy_set_header X-A $host; proxy_read_timeout 5s; proxy_pass_request_headers off;"
        let (own, codes) = try question(url.merging(["auth-snippet": snippet]) { $1 })
        #expect(codes == [])
        #expect(own?.requestHeaders.headers.map(\.name.value) == ["X-A"])
        #expect(own?.settings.value(of: "proxy_read_timeout") == "5s")
        let global = ["global-auth-url": "http://10.0.0.9/check", "global-auth-snippet": "proxy_set_header X-B c;"]
        #expect(try question([:], global).0?.requestHeaders.headers.map(\.name.value) == ["X-B"])
        #expect(try question(url, global).0?.requestHeaders.headers.map(\.name.value) == [])
        #expect(try question(["auth-snippet": snippet]).1 == ["annotation-not-read"])
        #expect(try question(url.merging(["auth-snippet": "return 200;"]) { $1 }).1 == ["snippet-refused"])
        #expect(try question(url.merging(["auth-snippet": "add_header X-A b;"]) { $1 }).1 == ["snippet-refused"])
    }

    @Test func `processes are as their snippet says, unless a key says otherwise`() throws {
        func process(_ data: [String: String]) throws -> ProcessSettings {
            let result = try snippetTranslation(ingress(rule("a.example", path("/a"))), global: data)
            return result.configuration.process
        }
        let snippet = "worker_rlimit_nofile 8192; worker_processes 3;"
        #expect(try process(["main-snippet": snippet]).directives.value(of: "worker_processes") == "3")
        let both = try process(["main-snippet": snippet, "worker-processes": "2"])
        #expect(both.directives.value(of: "worker_processes") == "2")
        #expect(both.directives.value(of: "worker_rlimit_nofile") == "8192")
    }
}
