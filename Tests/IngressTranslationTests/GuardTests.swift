import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Settings that restrict who may send requests, and that Postern does not read.
struct GuardTests {
    private func result(_ annotations: [String: String]) throws -> (answer: String, codes: [String]) {
        let ingress = ingress(annotations: annotations, rule("a.example", path("/a")))
        let result = try translated([ingress], global: Self.takingAll)
        return (result.answer("a.example", "/a"), result.codes)
    }

    private static let takingAll = ["annotations-risk-level": "Critical"]

    private static let guards = [
        "enable-modsecurity", "enable-owasp-core-rules", "modsecurity-snippet",
    ]

    @Test(arguments: guards, ["", " ", "\n", "nonsense", "true", "10.0.0.0/8,x"])
    func `close what they are set for, empty or nonsense as they may be`(_ name: String, _ value: String) throws {
        let (answer, codes) = try result([name: value])
        #expect(answer == "503")
        #expect(codes == ["annotation-not-honoured"])
    }

    @Test(arguments: guards)
    func `are off by false where they are a yes or a no`(_ name: String) throws {
        for value in ["false", "0", "F"] {
            let isOff = name.hasPrefix("enable-")
            let (answer, codes) = try result([name: value])
            #expect(answer == (isOff ? "shop_web_80 /a" : "503"))
            #expect(codes == (isOff ? [] : ["annotation-not-honoured"]))
        }
    }

    // MARK: Snippets

    private static let snippets = ["configuration-snippet", "server-snippet", "auth-snippet"]

    @Test(arguments: [
        "deny all;", "allow 10.0.0.0/8; deny all;", "auth_request /auth;", "auth_basic \"x\";", "satisfy any;",
        "return 403;", "return 444;", "if ($http_x != 'y') { return 302 /login; }", "if ($a) { rewrite ^ /x last; }",
        "limit_req zone=a;", "limit_except GET { deny all; }", "access_by_lua_block { ngx.exit(403) }",
        "rewrite_by_lua_file x;", "modsecurity on;", "ssl_verify_client on;", "secure_link $arg_a;",
        "valid_referers none;", "internal;", "location /x { add_header A b; }", "proxy_pass http://auth;",
        "include guards.conf;", "auth_jwt \"x\";", "SecRulesEnabled;", "js_access a.b;",
        // nginx reads these otherwise than they look.
        "add_header A b; d\"eny\" all;", "add_header A b; # comment\n deny all;", "add_header 'A;' b; deny all;",
        "add_header A b", "}", "add_header A b; } location / {", "add_header A \"b;", "{ deny all; }", ";",
        "if ($request_method = OPTIONS) { deny all; }", "if ($request_method = OPTIONS) { return 403; }",
        "if ($request_method != OPTIONS) { return 204; }", "Deny all;", "\u{0}deny all;", "return 401 \"go\";",
    ])
    func `a snippet closes what it is set for where it could guard`(_ text: String) throws {
        for name in Self.snippets {
            let (answer, codes) = try result([name: text])
            #expect(answer == "503", "\(name)")
            #expect(codes == ["annotation-not-honoured"], "\(name)")
        }
    }

    @Test(arguments: [
        "more_set_headers \"X-Frame-Options: DENY\";", "add_header A \"deny all;\" always;", "# deny all;\nexpires 1h;",
        "proxy_set_header X-A $remote_addr;\nproxy_read_timeout 60s;", "client_max_body_size 8m; gzip on;",
        "rewrite ^/old$ /new permanent;", "return 301 https://new.example$request_uri;", "set $a 1; break;",
        "if ($http_a) { add_header A b; }", "proxy_cookie_path / '/; secure';", "sub_filter '</a>' '</b>';",
        "if ($request_method = 'OPTIONS') { add_header A b; return 204; }",
        "if ( $request_method = OPTIONS) { add_header A b; return 204; }",
    ])
    func `a snippet that keeps nobody away is a loss, and no guard`(_ text: String) throws {
        for name in Self.snippets {
            let (answer, codes) = try result([name: text])
            #expect(answer == "shop_web_80 /a", "\(name)")
            #expect(codes == ["annotation-not-read"], "\(name)")
        }
    }

    @Test(arguments: ["", "\n", "# nothing\n"])
    func `a snippet that holds nothing is no loss`(_ text: String) throws {
        for name in Self.snippets {
            let (answer, codes) = try result([name: text])
            #expect(answer == "shop_web_80 /a")
            #expect(codes == [])
        }
    }

    // MARK: Whole hosts

    @Test(arguments: [("server-snippet", "deny all;"), ("server-snippet", "return 403;")])
    func `a guard of a whole host closes what others of its namespace have there`(
        _ name: String,
        _ value: String
    ) throws {
        let result = try translated(
            [
                ingress("shop/a", at: 1, rule("a.example", path("/a")), rule("b.example", path("/a"))),
                ingress("shop/b", at: 2, annotations: [name: value], rule("a.example", path("/b"))),
                ingress("shop/c", at: 3, defaultBackend: "api:80", rule("a.example", path("/c"))),
            ],
            global: Self.takingAll
        )
        for target in ["/a", "/b", "/c", "/d"] { #expect(result.answer("a.example", target) == "503") }
        #expect(result.answer("b.example", "/a") == "shop_web_80 /a")
        #expect(
            result.findings == [
                "Ingress shop/a spec.rules error host-not-honoured",
                "Ingress shop/b metadata.annotations[nginx.ingress.kubernetes.io/\(name)] error annotation-not-honoured",
                "Ingress shop/c spec.rules error host-not-honoured",
            ]
        )
    }

    @Test func `a guard of a whole host closes nothing that others had there before`() throws {
        let result = try translated(
            [
                ingress("blog/old", at: 1, rule("a.example", path("/old"))),
                ingress("shop/b", at: 2, annotations: ["server-snippet": "deny all;"], rule("a.example", path("/b"))),
                ingress("blog/new", at: 3, rule("a.example", path("/new"))),
            ],
            global: Self.takingAll
        )
        #expect(result.answer("a.example", "/old") == "blog_web_80 /old")
        #expect(result.answer("a.example", "/b") == "503")
        #expect(result.answer("a.example", "/new") == "503")
        #expect(result.codes == ["host-not-honoured", "annotation-not-honoured", "host-not-guarded"])
    }

    @Test func `what a guard closed is open again when the guard goes`() throws {
        let open = ingress("shop/a", at: 1, rule("a.example", path("/a")))
        let closing = ingress(
            "shop/b",
            at: 2,
            annotations: ["server-snippet": "deny all;"],
            rule("a.example", path("/b"))
        )
        let services = [service()]
        let slices = [slice("shop/web", ["10.0.0.1"])]
        var cache = TranslationCache()
        for (ingresses, answer) in [([open], "shop_web_80 /a"), ([open, closing], "503"), ([open], "shop_web_80 /a")] {
            var snapshot = snapshot(ingresses, services: services, slices: slices)
            snapshot.configMaps = [globalConfigMap(Self.takingAll)]
            let settings = try settings { $0.globalConfigMap = globalName }
            let result = translate(snapshot, with: settings, cache: &cache)
            #expect(result.answer("a.example", "/a") == answer)
        }
    }

    // MARK: Parameters of a class

    private func classResult(_ data: [String: String], _ annotations: [String: String]) throws -> Translation {
        var edge = ingressClass("nginx")
        edge.parameters = IngressClass.Parameters(kind: "ConfigMap", name: "settings", namespace: "default")
        var snapshot = snapshot(
            [ingress(annotations: annotations, rule("a.example", path("/a")))],
            classes: [edge],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        snapshot.configMaps = [ConfigMap(metadata: metadata("default/settings"), data: data)]
        return translate(snapshot, with: try settings())
    }

    @Test(arguments: [
        ("enable-modsecurity", ""), ("enable-owasp-modsecurity-crs", "true"), ("modsecurity-snippet", "x"),
        ("server-snippet", "deny all;"), ("main-snippet", "deny all;"), ("http-snippet", "deny 10.0.0.1;"),
    ])
    func `keys of a class that guard close its Ingresses`(_ key: String, _ value: String) throws {
        let result = try classResult([key: value], [:])
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.codes == ["class-parameter-not-honoured", "class-not-honoured"])
    }

    @Test(
        arguments: [
            ("enable-modsecurity", "false", []),
            ("location-snippet", "", []), ("http-snippet", "map $a $b { default 1; }", ["class-parameter-not-read"]),
        ] as [(String, String, [String])]
    )
    func `keys of a class that guard nothing close nothing`(_ key: String, _ value: String, _ codes: [String]) throws {
        let result = try classResult([key: value], [:])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.codes == codes)
    }

    @Test(arguments: [
        (["enable-modsecurity": "true"], ["enable-modsecurity": "false"], true),
        (["enable-modsecurity": "false"], ["enable-modsecurity": "true"], false),
        (["enable-modsecurity": "true"], ["whitelist-source-range": "0.0.0.0/0,::/0"], false),
    ])
    func `an annotation takes the place of the key that is its default`(
        _ data: [String: String],
        _ annotations: [String: String],
        _ isServed: Bool
    ) throws {
        let result = try classResult(data, annotations)
        #expect(result.answer("a.example", "/a") == (isServed ? "shop_web_80 /a" : "503"))
    }
}
