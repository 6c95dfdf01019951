import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// What locations come to that a snippet has within those of paths.
struct NestedLocationTests {
    private func result(
        _ snippet: String,
        _ paths: Ingress.Path...,
        annotations: [String: String] = [:],
        global: [String: String] = [:]
    ) throws -> Translation {
        let own = snippet.isEmpty ? [:] : ["configuration-snippet": snippet]
        var web = ingress(annotations: annotations.merging(own) { $1 })
        web.rules = [Ingress.Rule(host: "a.example", paths: paths.isEmpty ? [path("/")] : paths)]
        return try snippetTranslation(web, global: global)
    }

    @Test(arguments: [
        ("location /x { return 403; }", "/x/y", "403"), ("location /x { return 403; }", "/y", "shop_web_80 /y"),
        ("location /x { return 403; }", "/X", "shop_web_80 /X"), ("location /x { return 403; }", "/xyz", "403"),
        ("location = /x { return 403; }", "/x", "403"), ("location = /x { return 403; }", "/x/", "shop_web_80 /x/"),
        ("location /x.y { deny all; }", "/x.y", "403"), ("location /x.y { deny all; }", "/xzy", "shop_web_80 /xzy"),
        ("location ~ \\.php$ { deny all; }", "/a.php", "403"),
        ("location ~ \\.php$ { deny all; }", "/a.PHP", "shop_web_80 /a.PHP"),
        ("location ~* \\.php$ { deny all; }", "/a.PHP?b", "403"),
        ("location /x { allow 10.0.0.0/8; deny all; }", "/x", "403"),
        ("location /x { deny all; return 404; }", "/x", "404"),
        ("location /x { deny all; return 301 /y; }", "/x", "403"),
        ("location /x { return 301 https://b.example$request_uri; }", "/x", "301 https://b.example/x"),
        ("location /x { return 200 'ok'; access_log off; }", "/x", "200"),
        ("location /x { rewrite ^/x/(.*)$ /y/$1 last; }", "/x/a", "shop_web_80 /y/a"),
        ("location /x { rewrite ^/x/(.*)$ /y/$1 last; }", "/xa", "404"),
        ("location /x { set $a 1; return 200 $a; }", "/x", "200"),
        ("return 410; location /x { return 403; }", "/x", "403"),
        ("break; location /x { return 403; }", "/x", "403"),
        ("rewrite ^/y$ /x break; location /x { return 403; }", "/y", "shop_web_80 /x"),
    ])
    func `a location answers by itself before any step of the path`(
        _ snippet: String,
        _ target: String,
        _ expected: String
    ) throws {
        let result = try result(snippet)
        #expect(result.diagnostics.filter { $0.severity == .error } == [])
        #expect(result.answer("a.example", target) == expected)
        #expect(result.configuration.flaws == [])
    }

    @Test(arguments: [
        ("/x/a", "410"), ("/x/y/a", "412"), ("/x/y/a.js", "415"), ("/x/a.js", "410"), ("/x/y/z/a.js", "413"),
        ("/w/a", "414"), ("/w/a.js", "415"), ("/w", "411"), ("/a.json", "415"), ("/a", "shop_web_80 /a"),
    ])
    func `nginx's order is kept, whatever that of the text`(_ target: String, _ expected: String) throws {
        let result = try result(
            """
            location /w { return 414; }
            location ~ \\.js { return 415; }
            location ~ \\.json { return 416; }
            location ^~ /x { return 410; }
            location /x/y { return 412; }
            location ^~ /x/y/z { return 413; }
            location = /w { return 411; }
            """
        )
        #expect(result.codes == [])
        #expect(result.answer("a.example", target) == expected)
    }

    @Test func `headers of a location are those of its answers, wherever they stand in it`() throws {
        let result = try result("location /x { return 403; add_header X-A b; }")
        #expect(result.codes == [])
        let policy = try #require(result.server("a.example")?.location(for: "/")).policy.value
        #expect(policy.responseHeaders?.added.map(\.name.value) == ["X-A"])
        guard case .test(_, let acts) = policy.script?.value.steps.first else {
            Issue.record("there is no condition")
            return
        }
        guard case .set = acts.first, case .answer = acts.last else {
            Issue.record("the header is set too late: \(acts)")
            return
        }
    }

    @Test func `headers of a condition count wherever they stand in it`() throws {
        let result = try result("if ($arg_a) { return 403; add_header X-A b; }")
        guard
            case .test(_, let acts) = result.server("a.example")?.location(for: "/")?.policy.value.script?.value.steps
                .first, case .set = acts.first
        else {
            Issue.record("the header is set too late")
            return
        }
    }

    @Test(arguments: [
        ("location ~* \\.(js|css)$ { expires 1y; add_header X-A b; }", "answers 404", "'if ($uri ~* \\.(js|css)$) {"),
        ("location /x { add_header X-A b; }", "answers 404", "'if ($uri ~ ^/x) {"),
        ("location /x { }", "answers 404", "'if ($uri ~ ^/x) {"),
        ("location = /x { expires 1h; }", "404", "($uri = /x)"),
        ("location /x { proxy_read_timeout 1h; }", "answers 404", "'if ($uri ~ ^/x) {"),
        ("location /x { allow all; }", "answers 404", "'if ($uri ~ ^/x) {"),
        ("location /x { proxy_pass http://b; }", "'proxy_pass' in line 1 leads", "add a path with a Service"),
        ("location /x { root /srv; }", "'root' in line 1 has nginx serve files", "have a backend serve them"),
        ("location /x { try_files $uri /index.html; }", "serve files", "have a backend"),
        ("location /x { if ($arg_a) { return 403; } }", "'if' in line 1", "move it out"),
        ("location /x { location /x/y { return 403; } }", "'location' in line 1", "move it out"),
        ("location ~ ^/x/(.*)$ { return 301 /y/$1; }", "'$1'", "'if ($request_uri ~ ^/x/(.*)$) {"),
        ("location /x { rewrite ^/x /y; }", "is read with 'last'", "'last'"),
        ("location /x { rewrite ^/x /y break; }", "is read with 'last'", "'last'"),
        ("location /x { break; }", "look for a file", nil), ("location @x { return 403; }", "is no path", nil),
        ("location /x { return 403; } location ^~ /x { return 404; }", "twice", nil),
        ("location ~ ( { return 403; }", "no regular expression", nil), ("location /x;", "needs a block", nil),
        ("location /x { auth_basic off; return 403; }", "'auth_basic'", nil),
    ])
    func `what nginx would look for files for, or lead elsewhere, is told and closes the paths`(
        _ snippet: String,
        _ reason: String,
        _ advice: String?
    ) throws {
        let result = try result(snippet)
        #expect(result.codes == ["snippet-refused"])
        let finding = try #require(result.diagnostics.first)
        #expect(finding.severity == .error)
        #expect(finding.message.contains(reason))
        if let advice { #expect(finding.hint?.contains(advice) ?? false, "\(finding.hint ?? "none")") }
        for target in ["/a", "/x"] { #expect(result.answer("a.example", target) == "503") }
    }

    @Test func `what stands beside an answer and says nothing of it is left out`() throws {
        let result = try result("location /x {\ndefault_type text/plain;\nreturn 200 ok; }")
        #expect(result.diagnostics.map(\.severity) == [.warning])
        #expect(result.answer("a.example", "/x") == "200")
    }

    @Test func `a location outside of the Ingress's paths is told, as nginx refuses it`() throws {
        let snippet = "location /b { return 403; }"
        for other in [path("/a"), path("/bc"), path("/b/c"), path("/a", .exact)] {
            let outside = try result(snippet, other)
            #expect(outside.codes == ["snippet-refused"])
            #expect(outside.diagnostics.first?.message.contains("no path of the Ingress has '/b' beneath it") ?? false)
            #expect(outside.answer("a.example", "/a") != "shop_web_80 /a")
        }
        #expect(try result(snippet, path("/b")).codes == [])
        #expect(try result(snippet, path("/"), path("/a")).codes == [])
        #expect(try result("location /b/c { return 403; }", path("/b")).answer("a.example", "/b/c") == "403")
        #expect(try result("location ~ x { return 403; }", path("/b")).answer("a.example", "/b/x") == "403")
        let regular = try result(snippet, path("/(a|b)"), annotations: ["use-regex": "true"])
        #expect(!regular.codes.contains("snippet-refused"))
    }

    @Test func `a ConfigMap may have locations within all paths`() throws {
        let result = try result(
            "",
            path("/a"),
            path("/b"),
            global: ["location-snippet": "location /a/x { return 403; }"]
        )
        #expect(result.codes == [])
        #expect(result.answer("a.example", "/a/x") == "403")
        #expect(result.answer("a.example", "/a/y") == "shop_web_80 /a/y")
        #expect(result.answer("a.example", "/b") == "shop_web_80 /b")
    }
}
