import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration
import Testing

@testable import IngressTranslation

/// Ingresses that the global ConfigMap has refused for what their annotations are.
struct GateTests {
    private static let web = rule("a.example", path("/a"))

    /// A value for each annotation, one that it takes where it is read.
    private static let annotations = SettingTable.all.filter(\.places.isAnnotation).flatMap { setting in
        ([setting.name] + setting.places.aliases).map { (name: $0, value: setting.examples.first ?? "x", setting.risk) }
    }

    // MARK: Risks

    @Test func `five annotations are as risky as can be, the snippets`() {
        let critical = SettingTable.annotations.filter { $0.value.risk == .critical }.keys.sorted()
        #expect(
            critical == [
                "auth-snippet", "configuration-snippet", "modsecurity-snippet", "server-snippet", "stream-snippet",
            ]
        )
        #expect(SettingTable.annotations.values.count { $0.risk == .high } == 10)
        #expect(SettingTable.annotations.values.count { $0.risk == .medium } == 46)
    }

    @Test(arguments: Setting.Risk.allCases)
    func `an Ingress with an annotation above the level is refused, and told why`(_ level: Setting.Risk) throws {
        for (name, value, risk) in Self.annotations {
            let result = try translated(
                [ingress(annotations: [name: value], Self.web)],
                global: ["annotations-risk-level": level.rawValue]
            )
            let refused = result.diagnostics.filter { $0.code == "annotation-risk-too-high" }
            #expect(refused.count == (risk > level ? 1 : 0), "\(name)")
            guard risk > level else { continue }
            #expect(result.answer("a.example", "/a") == "503", "\(name)")
            #expect(result.diagnostics.count { $0.severity != .note } == 1, "\(name): \(result.codes)")
            #expect(refused.first?.field == "metadata.annotations[nginx.ingress.kubernetes.io/\(name)]")
            let message = refused.first?.message ?? ""
            #expect(message.hasPrefix("'\(name)' is of the risk \(risk.rawValue), and"), "\(message)")
            #expect(message.contains("up to \(level.rawValue)"), "\(message)")
        }
    }

    @Test(
        arguments: [
            ([:], .high), (["annotations-risk-level": "medium"], .medium),
            (["annotations-risk-level": "CRITICAL"], .critical), (["annotations-risk-level": "none"], .low),
            (["annotations-risk-level": ""], .low), (["allow-snippet-annotations": "true"], .critical),
            (["allow-snippet-annotations": "false"], .high),
            (["allow-snippet-annotations": "true", "annotations-risk-level": "High"], .high),
            (["allow-snippet-annotations": "true", "annotations-risk-level": "Hihg"], .low),
        ] as [([String: String], Setting.Risk)]
    )
    func `the level is High where no key says, and Low where one says nonsense`(
        _ global: [String: String],
        _ level: Setting.Risk
    ) throws {
        let samples: [(String, String, Setting.Risk)] = [
            ("proxy-read-timeout", "7", .low), ("proxy-body-size", "7m", .medium), ("server-alias", "b.example", .high),
            ("configuration-snippet", "more_set_headers \"A: b\";", .critical),
        ]
        for (name, value, risk) in samples {
            let result = try translated([ingress(annotations: [name: value], Self.web)], global: global)
            #expect((result.answer("a.example", "/a") == "503") == (risk > level), "\(name)")
        }
    }

    // MARK: Words

    @Test(
        arguments: [
            ("proxy_pass", ["configuration-snippet": "proxy_pass http://x;"], "configuration-snippet"),
            ("load_module, {,}", ["rewrite-target": "/{a"], "rewrite-target"),
            ("a,b,timeout", ["proxy-next-upstream": "error timeout"], "proxy-next-upstream"),
            // Unknown annotations count as well, and letters of the other case do not.
            ("root", ["nobody-knows": "/root"], "nobody-knows"), ("ROOT", ["nobody-knows": "/root"], nil),
            (" , ,", ["app-root": "/a b"], nil), ("", ["app-root": "/a"], nil), ("error", ["app-root": "/a"], nil),
        ] as [(String, [String: String], String?)]
    )
    func `an Ingress with a forbidden word in a value is refused`(
        _ words: String,
        _ annotations: [String: String],
        _ name: String?
    ) throws {
        let global = ["annotation-value-word-blocklist": words, "annotations-risk-level": "Critical"]
        let result = try translated([ingress(annotations: annotations, Self.web)], global: global)
        #expect((result.answer("a.example", "/a") == "503") == (name != nil))
        #expect(result.codes.contains("annotation-word-blocked") == (name != nil))
        guard let name else { return }
        #expect(result.codes == ["annotation-word-blocked"])
        #expect(result.diagnostics.first?.field == "metadata.annotations[nginx.ingress.kubernetes.io/\(name)]")
    }

    // MARK: Nothing is opened

    private static let low = ["annotations-risk-level": "Low"]

    @Test func `what a refused Ingress has paths for does not come to another one's`() throws {
        let expression = ["use-regex": "true", "auth-url": "http://10.0.0.9/"]
        let result = try translated(
            [
                ingress("shop/all", at: 1, rule("a.example", path("/"))),
                ingress("shop/wild", at: 1, rule("*.a.example", path("/"))),
                ingress(
                    "shop/part",
                    at: 2,
                    annotations: expression.merging(["server-alias": "b.a.example"]) { $1 },
                    rule("a.example", path("/v[0-9]+/x", .implementationSpecific))
                ),
            ],
            global: Self.low
        )
        #expect(result.answer("a.example", "/v12/x") == "503")
        #expect(result.answer("a.example", "/other") == "shop_web_80 /other")
        // An alias of so high a risk is not taken either.
        #expect(result.answer("b.a.example", "/x") == "shop_web_80 /x")
    }

    @Test func `an alias that is taken is refused as the Ingress itself`() throws {
        let result = try translated(
            [
                ingress("shop/wild", at: 1, rule("*.a.example", path("/"))),
                ingress(
                    "shop/part",
                    at: 2,
                    annotations: ["server-alias": "b.a.example", "x": "forbidden"],
                    rule("a.example", path("/"))
                ),
            ],
            global: ["annotation-value-word-blocklist": "forbidden"]
        )
        #expect(result.answer("b.a.example", "/x") == "503")
        #expect(result.answer("c.a.example", "/x") == "shop_web_80 /x")
    }

    @Test(arguments: [
        ["auth-tls-secret": "shop/ca"], ["auth-tls-secret": "shop/ca", "auth-tls-match-cn": "CN=a"],
        ["auth-tls-match-cn": "CN=a"], ["server-snippet": "deny all;"],
    ])
    func `a host that the refused Ingress guards is closed to the others of its namespace`(
        _ annotations: [String: String]
    ) throws {
        let other = ingress("shop/other", at: 1, rule("a.example", path("/other")))
        let result = try translated(
            [other, ingress("shop/web", at: 2, annotations: annotations, Self.web)],
            global: Self.low
        )
        #expect(result.answer("a.example", "/a") == "503")
        #expect(result.answer("a.example", "/other") == "503")
        #expect(result.codes.contains("host-not-honoured"))
    }

    @Test(arguments: [
        ([:], "'allow-snippet-annotations' to true"),
        (["annotations-risk-level": "High"], "'annotations-risk-level' to Critical"),
        (
            ["annotations-risk-level": "High", "allow-snippet-annotations": "true"],
            "'annotations-risk-level' to Critical"
        ),
    ])
    func `the advice about a snippet names the key that has it taken`(
        _ global: [String: String],
        _ advice: String
    ) throws {
        let result = try translated(
            [ingress(annotations: ["configuration-snippet": "etag off;"], Self.web)],
            global: global
        )
        #expect(result.diagnostics.first?.hint == "remove the annotation, or set \(advice) in the global ConfigMap")
    }

    @Test func `a refused canary takes no requests, and no path`() throws {
        let canary = ["canary": "true", "canary-weight": "100", "canary-by-cookie": "c"]
        let result = try translated(
            [
                ingress("shop/web", at: 2, Self.web),
                ingress("shop/canary", at: 1, annotations: canary, rule("a.example", path("/a", to: "api:80"))),
            ],
            global: Self.low
        )
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(result.codes == ["annotation-risk-too-high"])
    }

    @Test func `a refused Ingress changes nothing of its host`() throws {
        let result = try translated(
            [
                ingress("shop/other", at: 2, tls: [tls("a.example", secret: nil)], rule("a.example", path("/other"))),
                ingress(
                    "shop/web",
                    at: 1,
                    annotations: ["app-root": "/x", "ssl-ciphers": "A", "from-to-www-redirect": "true"],
                    Self.web
                ),
            ],
            global: Self.low
        )
        #expect(result.answer("a.example", "/") == "404" || result.answer("a.example", "/").hasPrefix("308"))
        #expect(result.server("a.example")?.policy.appRoot == nil)
        #expect(result.server("a.example")?.policy.ciphers == nil)
        #expect(result.server("www.a.example") == nil)
    }

    @Test func `the note on validation comes where an option asks for none`() throws {
        let plain = ingress(annotations: ["proxy-read-timeout": "x"], Self.web)
        #expect(try translated(plain).codes == ["annotation-invalid"])
        let reluctant = try settings { $0.validatesReluctantly = true }
        #expect(
            try translated(plain, with: reluctant).codes.sorted() == ["annotation-invalid", "validation-always-on"]
        )
    }
}
