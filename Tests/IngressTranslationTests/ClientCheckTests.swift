import Certificates
import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Which certificates the Ingresses of a host ask its clients for.
struct ClientCheckTests {
    @Test(
        arguments: [
            (1, 22, 1, true), (1, 26, 2, true), (1, 26, 3, false), (1, 27, 0, true), (1, 27, 3, true),
            (1, 27, 4, false),
            (1, 30, 1, false),
        ]
    )
    func `an nginx that mixes sessions of hosts is told of where a host asks for certificates`(
        _ major: Int,
        _ minor: Int,
        _ patch: Int,
        _ isTold: Bool
    ) throws {
        let version = NginxVersion(major, minor, patch)
        let old = try settings { $0.capabilities = NginxCapabilities(version: version) }
        for (annotations, asks) in [(["auth-tls-secret": "shop/gone"], true), ([:], false)] {
            let result = try translated(ingress(annotations: annotations, rule("a.example", path("/"))), with: old)
            #expect(result.codes.contains("tls-sessions-mixed") == (isTold && asks))
        }
    }

    private func secret(_ name: String = "shop/clients", _ change: (inout [String: SecretBytes]) -> Void = { _ in })
        throws -> Secret
    {
        var data = ["ca.crt": try SelfSignedCertificate.make(notBefore: 0, notAfter: 4_000_000_000).content]
        change(&data)
        return Secret(metadata: metadata(name), data: data)
    }

    private static let asking = ["auth-tls-secret": "shop/clients"]

    private func clients(_ result: Translation, _ host: String = "a.example") -> ClientVerification? {
        result.server(host)?.policy.clients
    }

    private func result(_ annotations: [String: String], _ secrets: Secret...) throws -> Translation {
        try translated(ingress(annotations: annotations, rule("a.example", path("/a"))), secrets: secrets)
    }

    @Test func `an Ingress asks clients of its host for certificates of an authority`() throws {
        let annotations = [
            "auth-tls-secret": "clients", "auth-tls-verify-client": "optional", "auth-tls-verify-depth": "3",
            "auth-tls-error-page": "https://help.example/", "auth-tls-pass-certificate-to-upstream": "true",
            "auth-tls-match-cn": "CN=ann",
        ]
        let result = try result(annotations, try secret())
        let certificates = try #require(clients(result)?.certificates)
        #expect(result.codes == [])
        #expect(certificates.mode == .optional)
        #expect(certificates.authorities.value == "ca/shop.clients.pem")
        #expect(certificates.revocations == nil)
        #expect(certificates.depth == Number(3))
        #expect(certificates.errorPage?.description == "https://help.example/")
        #expect(certificates.commonName?.pattern == "ann")
        #expect(certificates.sendsCertificate)
        #expect(result.configuration.privateFiles.contains { $0.kind == .certificateAuthority })
    }

    @Test(
        arguments: [
            (["auth-tls-secret": ""], "authority-secret-unnamed"),
            (["auth-tls-secret": "blog/clients"], "authority-secret-unnamed"),
            (["auth-tls-secret": "a/b/c"], "authority-secret-unnamed"),
            (["auth-tls-secret": "absent"], "secret-not-found"), (["auth-tls-secret": "keyless"], "secret-invalid"),
            (["auth-tls-secret": "damaged"], "secret-invalid"), (["auth-tls-secret": "listless"], "secret-invalid"),
            (["auth-tls-match-cn": "CN=ann"], "common-name-unverified"),
            (["auth-tls-secret": "clients", "auth-tls-match-cn": "ann"], "annotation-invalid"),
            (["auth-tls-secret": "clients", "auth-tls-match-cn": "CN=a("], "annotation-invalid"),
            (["auth-tls-secret": "clients", "auth-tls-match-cn": "CN=a)|(b"], "annotation-invalid"),
            (["auth-tls-secret": "clients", "auth-tls-match-cn": "CN=(?x)a#"], "annotation-invalid"),
            (["auth-tls-secret": "clients", "auth-tls-match-cn": "CN=(?<uri>a)"], "annotation-invalid"),
            (["auth-tls-secret": "clients", "auth-tls-match-cn": ""], "annotation-invalid"),
            (
                ["auth-tls-secret": "clients", "auth-tls-match-cn": "CN=a", "auth-tls-verify-client": "off"],
                "common-name-unverified"
            ),
        ] as [([String: String], String)]
    )
    func `what cannot be checked lets nobody into the host`(_ annotations: [String: String], _ code: String) throws {
        let result = try result(
            annotations,
            try secret(),
            try secret("blog/clients"),
            try secret("shop/keyless") { $0 = ["tls.crt": $0["ca.crt"] ?? SecretBytes([])] },
            try secret("shop/damaged") { $0["ca.crt"] = SecretBytes(Array("text".utf8)) },
            try secret("shop/listless") { $0["ca.crl"] = SecretBytes(Array("text".utf8)) }
        )
        for scheme in [Listener.Scheme.http, .https] {
            #expect(result.answer("a.example", "/a", scheme) == "403")
            #expect(result.answer("a.example", "/other", scheme) == "403")
        }
        #expect(result.codes == [code])
        #expect(result.diagnostics.allSatisfy { $0.severity == .error })
    }

    @Test(
        arguments: [
            ([:], "shop_web_80 /a", "shop_web_80 /a"), (["auth-tls-secret": "clients"], "403", "400"),
            (["auth-tls-secret": "clients", "auth-tls-verify-client": "nonsense"], "403", "400"),
            (
                ["auth-tls-secret": "clients", "auth-tls-verify-client": "optional"], "shop_web_80 /a",
                "shop_web_80 /a"
            ),
            (["auth-tls-secret": "clients", "auth-tls-verify-client": "off"], "shop_web_80 /a", "shop_web_80 /a"),
            (["auth-tls-secret": "clients", "force-ssl-redirect": "true"], "308 https://a.example/a", "400"),
            (
                Self.asking.merging(["auth-tls-verify-client": "optional_no_ca", "auth-tls-match-cn": "CN=a"]) { $1 },
                "403", "403"
            ),
        ] as [([String: String], String, String)]
    )
    func `who shows no certificate is served where none has to come, and not by plain HTTP else`(
        _ annotations: [String: String],
        _ plain: String,
        _ secure: String
    ) throws {
        let result = try result(annotations, try secret())
        #expect(result.answer("a.example", "/a") == plain)
        #expect(result.answer("a.example", "/a", .https) == secure)
    }

    @Test func `the challenges of certificate authorities are answered by plain HTTP`() throws {
        let challenge = "/.well-known/acme-challenge/x"
        let result = try translated(
            ingress("shop/a", at: 1, annotations: Self.asking, rule("a.example", path("/"))),
            ingress("shop/solver", at: 2, rule("a.example", path(challenge, to: "api:80"))),
            secrets: [try secret()]
        )
        #expect(result.answer("a.example", challenge) == "shop_api_80 \(challenge)")
        #expect(result.answer("a.example", challenge, .https) == "400")
        #expect(result.answer("a.example", "/") == "403")
    }

    @Test func `the oldest Ingress that asks for certificates decides, and who wants others is closed`() throws {
        let result = try translated(
            ingress("shop/a", at: 1, rule("a.example", path("/a"))),
            ingress("shop/b", at: 2, annotations: Self.asking, rule("a.example", path("/b"))),
            ingress("shop/c", at: 3, annotations: ["auth-tls-secret": "others"], rule("a.example", path("/c"))),
            ingress("shop/d", at: 4, annotations: Self.asking, rule("a.example", path("/d"))),
            ingress("blog/e", at: 5, rule("a.example", path("/e"))),
            secrets: [try secret(), try secret("shop/others")]
        )
        for path in ["/a", "/b", "/c", "/d", "/e"] { #expect(result.answer("a.example", path, .https) == "400") }
        let request = Request(scheme: .https, host: "a.example", target: "/c", isAdmitted: true)
        #expect(result.configuration.route(request).outcome == .answered(.serviceUnavailable))
        #expect(Set(result.codes) == ["client-certificates-taken", "setting-taken"])
    }

    @Test func `nobody has certificates asked for on a host that another namespace had before`() throws {
        let result = try translated(
            ingress("blog/a", at: 1, rule("a.example", path("/a"))),
            ingress("shop/b", at: 2, annotations: Self.asking, rule("a.example", path("/b"))),
            secrets: [try secret()]
        )
        #expect(clients(result) == nil)
        #expect(result.answer("a.example", "/a") == "blog_web_80 /a")
        #expect(result.answer("a.example", "/b") == "503")
        #expect(result.codes == ["client-certificates-not-asked"])
    }

    @Test func `settings of certificates that nobody asks for are told`() throws {
        let result = try result(["auth-tls-verify-client": "optional", "auth-tls-verify-depth": "2"])
        #expect(result.codes == ["annotation-not-read", "annotation-not-read"])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test(
        arguments: [
            ([:], true), (Self.asking, true), (["auth-tls-secret": "others"], false),
        ] as [([String: String], Bool)]
    )
    func `a canary takes requests where it asks for no other certificates than the other Ingress`(
        _ own: [String: String],
        _ isUsed: Bool
    ) throws {
        let canary = ["canary": "true", "canary-weight": "100"].merging(own) { $1 }
        let result = try translated(
            ingress("shop/main", at: 1, annotations: Self.asking, rule("a.example", path("/"))),
            ingress("shop/canary", at: 2, annotations: canary, rule("a.example", path("/", to: "api:80"))),
            secrets: [try secret()]
        )
        #expect(result.codes.contains("canary-guarded") != isUsed)
        #expect(result.upstreams.keys.contains("shop_api_80") == isUsed)
    }
}
