import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// TLS of hosts that no Ingress names.
struct CatchAllTLSTests {
    private static func secrets() throws -> [Secret] {
        try [
            .tls("shop/a", for: "a.example"), .tls("shop/b", for: "b.example"),
            .tls("shop/old", for: "a.example", until: now - 1),
        ]
    }

    private func certificate(_ result: Translation) -> String? { result.server("*")?.certificate?.value }

    @Test(arguments: [
        ingress(defaultBackend: "web:80", tls: [tls(secret: "a")]),
        ingress(tls: [tls(secret: "a")], rule(nil, path("/"))),
        ingress(tls: [tls("a.example", secret: "b"), tls(secret: "a")], rule(nil, path("/"))),
        ingress(tls: [tls(secret: "a")], rule(nil, path("/")), rule("a.example", path("/"))),
    ])
    func `an entry without hosts is for hosts that no Ingress names`(_ web: Ingress) throws {
        let result = try translated(web, secrets: Self.secrets())
        #expect(certificate(result) == "tls/shop.a.pem")
        #expect(result.configuration.fallbackCertificate.value == "tls/default.pem")
        #expect(result.answer("x.example", "/x/") == "308 https://x.example/x")
        #expect(result.answer("x.example", "/x", .https) == "shop_web_80 /x")
        #expect(result.server("*")?.policy.strictTransportSecurity != nil)
        #expect(result.answer("x.example", "/healthz") == "200")
        #expect(result.configuration.flaws == [])
    }

    @Test func `hosts that an Ingress names have nothing of it`() throws {
        let result = try translated(
            ingress("shop/all", defaultBackend: "web:80", tls: [tls(secret: "a")]),
            ingress("shop/plain", rule("plain.example", path("/p"))),
            ingress("shop/secure", tls: [tls("secure.example", secret: nil)], rule("secure.example", path("/"))),
            ingress("shop/own", defaultBackend: "web:80", tls: [tls(secret: "b")], rule("b.example", path("/"))),
            secrets: Self.secrets()
        )
        #expect(certificate(result) == "tls/shop.a.pem")
        #expect(["plain.example", "secure.example"].allSatisfy { result.server($0)?.certificate == nil })
        #expect(result.server("b.example")?.certificate?.value == "tls/shop.b.pem")
        #expect(result.server("plain.example").map { $0.policy.strictTransportSecurity == nil } == true)
        #expect(result.answer("plain.example", "/p") == "shop_web_80 /p")
        #expect(result.answer("plain.example", "/other") == "404")
        #expect(result.codes == [])
    }

    @Test func `the oldest Ingress chooses, and the loser is told who`() throws {
        let result = try translated(
            ingress("shop/young", at: 3, tls: [tls(secret: "b")], rule(nil, path("/b"))),
            ingress("shop/none", at: 1, rule(nil, path("/n"))),
            ingress("shop/old", at: 2, defaultBackend: "web:80", tls: [tls(secret: "a")]),
            secrets: Self.secrets()
        )
        #expect(certificate(result) == "tls/shop.a.pem")
        #expect(result.findings == ["Ingress shop/young spec.tls[0].secretName warning secret-taken"])
        #expect(result.diagnostics[0].message.hasPrefix("Ingress shop/old already chose the certificate of hosts that"))
        #expect(result.answer("x.example", "/n") == "308 https://x.example/n")
    }

    @Test(
        arguments: [
            (tls(secret: "gone"), nil, "secret-not-found"),
            (tls(secret: "old"), "tls/shop.old.pem", "certificate-expired"),
            (tls(secret: nil), nil, nil), (tls(secret: ""), nil, nil),
        ] as [(Ingress.TLS, String?, String?)]
    )
    func `its Secret is checked as any, and the default certificate serves where there is none`(
        _ entry: Ingress.TLS,
        _ file: String?,
        _ finding: String?
    ) throws {
        let result = try translated(ingress(defaultBackend: "web:80", tls: [entry]), secrets: Self.secrets())
        #expect(certificate(result) == file)
        #expect(result.codes == [finding].compactMap(\.self))
        #expect(result.answer("x.example", "/") == "308 https://x.example")
    }

    @Test func `entries that list hosts are not for hosts that no Ingress names`() throws {
        let result = try translated(
            ingress(defaultBackend: "web:80", tls: [tls("a.example", secret: "a")]),
            secrets: Self.secrets()
        )
        #expect(certificate(result) == nil)
        #expect(result.answer("a.example", "/x") == "shop_web_80 /x")
        #expect(result.findings == ["Ingress shop/web spec.tls[0].hosts[0] warning tls-host-without-rule"])
        #expect(result.diagnostics[0].hint == "an entry without hosts is for every host that no Ingress names")
    }

    @Test func `a second entry without hosts is told to have no effect`() throws {
        let result = try translated(
            ingress(defaultBackend: "web:80", tls: [tls(secret: "a"), tls(secret: "b")]),
            secrets: Self.secrets()
        )
        #expect(certificate(result) == "tls/shop.a.pem")
        #expect(result.findings == ["Ingress shop/web spec.tls[1] warning tls-entry-not-used"])
    }

    @Test(arguments: [
        ([:], "/.well-known/acme-challenge/x", "shop_web_80 /.well-known/acme-challenge/x"),
        ([:], "/a", "308 https://x.example/a"),
        (["ssl-redirect": "false"], "/a", "shop_web_80 /a"),
    ])
    func `plain requests are redirected as those of other hosts with TLS`(
        _ annotations: [String: String],
        _ text: String,
        _ answer: String
    ) throws {
        let web = ingress(
            annotations: annotations,
            tls: [tls(secret: "a")],
            rule(nil, path("/.well-known/acme-challenge/x"), path("/a"))
        )
        #expect(try translated(web, secrets: Self.secrets()).answer("x.example", text) == answer)
    }

    @Test func `what no path serves is redirected too, where there is TLS`() throws {
        let secure = ingress(tls: [tls(secret: "a")], rule(nil, path("/a")))
        #expect(try translated(secure, secrets: Self.secrets()).answer("x.example", "/o") == "308 https://x.example/o")
        let plain = ingress(annotations: ["force-ssl-redirect": "true"], rule(nil, path("/a")))
        #expect(try translated(plain).answer("x.example", "/o") == "404")
    }

    @Test func `its certificate comes and goes with its Secret`() throws {
        let web = ingress(defaultBackend: "web:80", tls: [tls(secret: "a")])
        var cache = TranslationCache()
        func file(_ secrets: [Secret]) throws -> String? {
            let snapshot = snapshot([web], services: [service("shop/web")], secrets: secrets)
            let translation = translate(snapshot, with: try settings(), cache: &cache)
            #expect(try translation == translate(snapshot, with: settings()))
            return certificate(translation)
        }
        let secret = try Secret.tls("shop/a", for: "a.example")
        #expect(try file([]) == nil)
        #expect(try file([secret]) == "tls/shop.a.pem")
        #expect(try file([]) == nil)
    }
}
