import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// How the paths of an Ingress are understood.
struct PathReadingTests {
    private func match(
        _ text: String?,
        _ type: Ingress.PathType?,
        _ annotations: [String: String] = [:]
    ) throws -> (match: PathMatch?, result: Translation) {
        let result = try translated(ingress(annotations: annotations, rule("a.example", path(text, type))))
        let locations = result.server("a.example")?.locations.filter { $0.action != .status(.notFound) }
        return (locations?.first?.path, result)
    }

    /// An expression of a host that has few.
    private func limited(_ pattern: String) throws -> RegularExpression {
        try RegularExpression(pattern, matchLimit: 16_384)
    }

    @Test(
        arguments: [
            (nil, "/"), ("", "/"), ("/", "/"), ("/a", "/a"), ("/a/", "/a"), ("/a/b/", "/a/b"), ("/%61", "/a"),
            ("/a%2Fb", "/a/b"),
            ("/%C3%A9", "/é"), ("/a%20b", "/a b"), ("/%25", "/%"), ("/a;b{}\"'$x", "/a;b{}\"'$x"), ("/.a", "/.a"),
            ("/%", "/%"), ("/%1", "/%1"), ("/%+1", "/%+1"), ("/%-1", "/%-1"), ("/100%/%61", "/100%/%61"),
            ("/...", "/..."), ("/a/..b", "/a/..b"), ("/\u{600}/", "/\u{600}"), ("/%E2%80%8B", "/\u{200B}"),
        ] as [(String?, String)]
    )
    func `a prefix is decoded, without a final slash`(_ text: String?, _ path: String) throws {
        for type in [Ingress.PathType.prefix, .implementationSpecific, nil] {
            let (match, result) = try match(text, type)
            #expect(match == .prefix(try #require(LocationPath(path))))
            #expect(result.codes == [])
        }
        let exact = try match(text, .exact).match
        let isCut = text?.utf8.last == UInt8(ascii: "/") && text != "/"
        #expect(exact == .exact(try #require(LocationPath(isCut ? path + "/" : path))))
    }

    @Test(
        arguments: [
            ("a", "is not absolute"), ("*", "is not absolute"), ("\u{301}/", "is not absolute"),
            ("/%FF", "holds escapes that are no UTF-8"),
            ("/a//b", "holds an empty, '.' or '..' segment, which nginx removes from requests"),
            ("//", "holds an empty, '.' or '..' segment, which nginx removes from requests"),
            ("/a/./b", "holds an empty, '.' or '..' segment, which nginx removes from requests"),
            ("/..", "holds an empty, '.' or '..' segment, which nginx removes from requests"),
            ("/a/%2e", "holds an empty, '.' or '..' segment, which nginx removes from requests"),
            ("/a%2F/b", "holds an empty, '.' or '..' segment, which nginx removes from requests"),
            ("/a/..%2F", "holds an empty, '.' or '..' segment, which nginx removes from requests"),
            ("/a/\u{301}/", nil), ("/a\n", "holds a control character"), ("/%00", "holds a control character"),
            ("/%0A", "holds a control character"), ("/\u{7F}", "holds a control character"),
            ("/a\u{202E}b", "holds the character U+202E, which has what follows read in another order"),
            ("/%E2%81%A6a", "holds the character U+2066, which has what follows read in another order"),
            ("/\u{200F}", "holds the character U+200F, which has what follows read in another order"),
        ] as [(String, String?)]
    )
    func `a path that no request has is left out`(_ text: String, _ reason: String?) throws {
        for type in [Ingress.PathType.prefix, .exact, nil] {
            let (match, result) = try match(text, type)
            #expect((match == nil) == (reason != nil))
            #expect(
                result.findings
                    == (reason == nil ? [] : ["Ingress shop/web spec.rules[0].http.paths[0].path error path-invalid"])
            )
            guard let reason else { continue }
            #expect(result.diagnostics.first?.message.hasSuffix("' \(reason); the path is left out") == true)
        }
    }

    @Test func `a path is at most 1,900 bytes long`() throws {
        for text in ["/" + String(repeating: "\"", count: 1_899), "/" + String(repeating: "(", count: 1_899)] {
            #expect(try match(text, .exact).match != nil)
            #expect(try match(text + "a", .exact).result.codes == ["path-invalid"])
        }
        let backslashes = "/" + String(repeating: "\\", count: 1_500)
        #expect(try match(backslashes, .prefix).result.codes == ["path-invalid"])
    }

    @Test(
        arguments: [
            // Type, annotations, path, and whether it is an expression.
            (nil, ["use-regex": "true"], "/a.*", true), (.implementationSpecific, ["use-regex": "true"], "/a", true),
            (.prefix, ["use-regex": "true"], "/a.*", true), (.prefix, ["use-regex": "true"], "/a+{}.b", false),
            (.prefix, [:], "/a(.*)", false), (.exact, ["use-regex": "true"], "/a.*", false),
            (nil, [:], "/a.*", false), (nil, ["use-regex": "false"], "/a.*", false),
            (nil, ["rewrite-target": "/x"], "/a", false), (nil, ["rewrite-target": "/x"], "/a.b", false),
            (nil, ["rewrite-target": "/x"], "/a(b)", true), (nil, ["rewrite-target": "/x"], "/a.*", true),
            (nil, ["rewrite-target": "/$1"], "/a", true), (.prefix, ["rewrite-target": "/$1"], "/a(.*)", true),
            (.prefix, ["rewrite-target": "/x"], "/a?", true), (.prefix, ["rewrite-target": "/x"], "/a", false),
            (.exact, ["rewrite-target": "/x"], "/a(.*)", false), (nil, ["rewrite-target": "/x"], "/a|b", true),
            (nil, ["rewrite-target": "/x"], "/a\\d", true), (nil, ["rewrite-target": "/x"], "/a{2}", true),
        ] as [(Ingress.PathType?, [String: String], String, Bool)]
    )
    func `a path is an expression where its Ingress asks for it, and its type allows one`(
        _ type: Ingress.PathType?,
        _ annotations: [String: String],
        _ text: String,
        _ isExpression: Bool
    ) throws {
        let (match, result) = try match(text, type, annotations)
        if isExpression {
            #expect(match == .expression(try limited(text)))
        } else {
            let literal = try #require(LocationPath(text))
            #expect(match == (type == .exact ? .exact(literal) : .prefix(literal)))
        }
        let looksLikeOne = text.contains { "()[]{}^$*+?|\\".contains($0) }
        #expect(result.codes.contains("path-taken-literally") == (!isExpression && looksLikeOne))
        #expect(result.codes.contains("path-read-as-expression") == (isExpression && type == .prefix))
    }

    @Test(arguments: [
        ("(", "is no regular expression"), ("/a)", "is no regular expression"), ("/[", "is no regular expression"),
        ("/*+*", "is no regular expression"), ("(*UTF)/a", "is no regular expression"),
        ("/\n", "is no regular expression"),
        // nginx has one variable of a name for all servers, and some are its own.
        ("/(?<host>.*)", "names a group, 'host'"), ("/(?P<http_host>a)", "names a group, 'http_host'"),
        ("/(?'https_uri'a)", "names a group, 'https_uri'"),
    ])
    func `an expression that harms others or is none is left out`(_ text: String, _ reason: String) throws {
        let (match, result) = try match(text, nil, ["use-regex": "true"])
        #expect(match == nil)
        #expect(result.codes == ["path-invalid"])
        #expect(result.diagnostics.first?.message.contains(reason) == true)
    }

    @Test func `expressions are asked longest first, and the prefix of everything last`() throws {
        let result = try translated(
            ingress(
                annotations: ["use-regex": "true"],
                rule(
                    "a.example",
                    path("/", nil, to: "web:80"),
                    path(".", nil, to: "api:80"),
                    path("/a", nil, to: "other:80"),
                    path("/a.c", .exact, to: "web:80")
                )
            ),
            ingress("blog/web", rule("a.example", path("/", .prefix)))
        )
        #expect(
            result.server("a.example")?.locations.map(\.path) == [
                .exact(try #require(LocationPath("/a.c"))), .expression(try limited("/a")),
                .expression(try limited("/")), .expression(try limited(".")),
                .prefix(try #require(LocationPath("/"))),
            ]
        )
        #expect(result.answer("a.example", "/x") == "shop_web_80 /x")
        #expect(result.answer("a.example", "/A") == "shop_other_80 /A")
    }

    @Test(
        arguments: [
            ("/a", .prefix, "/a", nil), ("/a", .prefix, "/b", "/b"), ("/a", nil, "/a", nil), ("/", nil, "/", nil),
            (nil, nil, "/x", "/x"), ("/a/", .prefix, "/a", "/a"), ("/a(.*)", nil, "/b$1", "/b$1"),
        ] as [(String?, Ingress.PathType?, String, String?)]
    )
    func `a path that is its own target is no rewrite`(
        _ text: String?,
        _ type: Ingress.PathType?,
        _ target: String,
        _ rewritten: String?
    ) throws {
        let result = try translated(
            ingress(annotations: ["rewrite-target": target], rule("a.example", path(text, type)))
        )
        guard case .proxy(let proxying) = result.server("a.example")?.locations.first?.action else {
            Issue.record("the path is not served")
            return
        }
        #expect(proxying.rewrite?.target.description == rewritten)
    }

    @Test(arguments: [
        ("/a(b)(c)", "/$2", false), ("/a(b)", "/$2", true), ("/a", "/$1", true), ("/a(?:b)", "/$1", true),
    ])
    func `a target that takes a group which the path lacks is told of`(
        _ text: String,
        _ target: String,
        _ isTold: Bool
    ) throws {
        let result = try translated(
            ingress(annotations: ["rewrite-target": target], rule("a.example", path(text, nil)))
        )
        #expect(result.codes == (isTold ? ["rewrite-group-missing"] : []))
    }

    @Test(arguments: [
        ("/app/*", Ingress.PathType.prefix, "write '/app', which serves what is below it too"),
        ("/*", .implementationSpecific, "write '/', which serves what is below it too"),
        ("/app/*", .exact, "write '/app' with pathType: Prefix to serve what is below it"),
    ])
    func `a path with the wildcard of other controllers is told how to be written`(
        _ text: String,
        _ type: Ingress.PathType,
        _ hint: String
    ) throws {
        let result = try match(text, type).result
        #expect(result.codes == ["path-taken-literally"])
        #expect(result.diagnostics.first?.hint == hint)
    }

    @Test func `an expression that backtracks is named, and served with a limit`() throws {
        let result = try translated(
            ingress(annotations: ["use-regex": "true"], rule("a.example", path("/(a+)+$", nil), path("/b", nil)))
        )
        #expect(result.findings == ["Ingress shop/web spec.rules[0].http.paths[0].path warning path-backtracks"])
        #expect(result.answer("a.example", "/aaa") == "shop_web_80 /aaa")
        #expect(result.answer("a.example", "/" + String(repeating: "a", count: 40) + "!") == "500")
        #expect(result.answer("a.example", "/b") == "shop_web_80 /b")
    }

    @Test(arguments: [(1, 16_384), (16, 16_384), (17, 8_192), (200, 1_024), (512, 512)])
    func `the more expressions a host has, the less each may take`(_ count: Int, _ limit: Int) throws {
        var web = ingress(annotations: ["use-regex": "true", "rewrite-target": "/$1"])
        web.rules = [Ingress.Rule(host: "a.example", paths: (0..<count).map { path("/\($0)(.*)", nil) })]
        let locations = try #require(try translated(web).server("a.example")?.locations)
        for location in locations.dropLast() {
            guard case .expression(let expression) = location.path else {
                Issue.record("\(location.path) is no expression")
                continue
            }
            #expect(expression.matchLimit == limit)
            #expect(location.action.rewrite?.pattern?.matchLimit == limit)
        }
        #expect(locations.count == count + 1)
    }

    @Test func `expressions beyond what nginx may search are left out, the youngest first`() throws {
        var old = ingress("shop/old", at: 1, annotations: ["use-regex": "true"])
        old.rules = [Ingress.Rule(host: "a.example", paths: (0..<510).map { path("/\($0)x", nil) })]
        var young = ingress("shop/young", at: 2, annotations: ["use-regex": "true"])
        young.rules = [Ingress.Rule(host: "a.example", paths: (0..<4).map { path("/y\($0)", nil, to: "api:80") })]
        let result = try translated(young, old, ingress("shop/plain", at: 3, rule("a.example", path("/plain"))))
        #expect(result.codes.filter { $0 == "expressions-too-many" }.count == 2)
        #expect(
            result.findings.filter { $0.contains("expressions") }.allSatisfy { $0.hasPrefix("Ingress shop/young ") }
        )
        #expect(result.answer("a.example", "/509x") == "shop_web_80 /509x")
        #expect(result.answer("a.example", "/y1") == "shop_api_80 /y1")
        #expect(result.answer("a.example", "/y2") == "404")
        #expect(result.answer("a.example", "/plain") == "shop_web_80 /plain")
    }
}
