import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Which certificate a host has, and what TLS does to its plain requests.
struct TLSTests {
    private static func secrets() throws -> [Secret] {
        try [
            .tls("shop/a", for: "a.example"), .tls("shop/wild", for: "*.a.example"),
            .tls("shop/old", for: "a.example", until: now - 1), .tls("blog/a", for: "a.example"),
        ]
    }

    private func certificate(_ host: String, _ result: Translation) -> String? {
        result.server(host)?.certificate?.value
    }

    @Test(
        arguments: [
            // The entries of spec.tls, the file of host a.example, and the finding.
            ([tls("a.example", secret: "a")], "tls/shop.a.pem", nil),
            ([tls("A.EXAMPLE", secret: "a")], "tls/shop.a.pem", nil),
            (
                [tls("b.example", secret: "gone"), tls("a.example", secret: "a")], "tls/shop.a.pem",
                "tls-host-without-rule"
            ),
            ([tls("a.example", secret: "a"), tls("a.example", secret: "gone")], "tls/shop.a.pem", nil),
            // Of the entries that do not list the host the first with a fitting certificate.
            ([tls(secret: "wild"), tls(secret: "a")], "tls/shop.a.pem", nil),
            ([tls(secret: "gone"), tls(secret: "a")], "tls/shop.a.pem", nil),
            ([tls(secret: "wild")], nil, "tls-host-not-covered"),
            ([tls(secret: "gone")], nil, "secret-not-found"),
            ([tls(secret: nil)], nil, nil),
            ([tls("a.example", secret: nil), tls(secret: "a")], nil, nil),
            ([tls("a.example", secret: "gone"), tls(secret: "a")], nil, "secret-not-found"),
            ([tls("a.example", secret: "old")], "tls/shop.old.pem", "certificate-expired"),
            ([tls("a.example", secret: "wild")], nil, "secret-for-other-host"),
            ([tls("a.example", secret: "")], nil, nil), ([tls(secret: "")], nil, nil),
            ([tls("a.example", secret: ""), tls(secret: "a")], nil, nil),
            ([tls("a.example", secret: "../a")], nil, "secret-not-found"),
        ] as [([Ingress.TLS], String?, String?)]
    )
    func `the entry that lists the host decides, else the first that fits`(
        _ entries: [Ingress.TLS],
        _ file: String?,
        _ finding: String?
    ) throws {
        let result = try translated(ingress(tls: entries, rule("a.example", path("/"))), secrets: Self.secrets())
        #expect(certificate("a.example", result) == file)
        #expect(result.codes == (finding.map { [$0] } ?? []))
        // A host with a section for TLS is secure, be it with the default certificate.
        #expect(result.answer("a.example", "/x/") == "308 https://a.example/x")
        #expect(result.answer("a.example", "/x/", .https) == "shop_web_80 /x/")
        #expect(result.server("a.example")?.policy.strictTransportSecurity != nil)
        #expect(result.configuration.privateFiles.map(\.file.value) == ["tls/default.pem"] + (file.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("*.a.example", "b.a.example", true), ("*.a.example", "c.b.a.example", false),
        ("*.a.example", "a.example", false),
    ])
    func `a host without TLS has that of the wildcard above it`(
        _ wildcard: String,
        _ host: String,
        _ isInherited: Bool
    ) throws {
        let result = try translated(
            ingress("shop/wild", tls: [tls(wildcard, secret: "wild")], rule(wildcard, path("/"))),
            ingress("shop/plain", rule(host, path("/", to: "api:80"))),
            ingress("shop/off", annotations: ["ssl-redirect": "false"], rule(host, path("/off"))),
            secrets: Self.secrets()
        )
        #expect(certificate(host, result) == (isInherited ? "tls/shop.wild.pem" : nil))
        #expect(result.server(host).map { $0.policy.strictTransportSecurity != nil } == isInherited)
        #expect(result.answer(host, "/x") == (isInherited ? "308 https://\(host)/x" : "shop_api_80 /x"))
        #expect(result.answer(host, "/off") == "shop_web_80 /off")
        #expect(result.codes == [])
    }

    @Test func `a host's own TLS goes before that of the wildcard, also without a certificate`() throws {
        let result = try translated(
            ingress("shop/wild", tls: [tls("*.a.example", secret: "wild")], rule("*.a.example", path("/"))),
            ingress("shop/own", tls: [tls("b.a.example", secret: nil)], rule("b.a.example", path("/"))),
            secrets: Self.secrets()
        )
        #expect(certificate("b.a.example", result) == nil)
        #expect(result.server("b.a.example")?.policy.strictTransportSecurity != nil)
    }

    @Test func `the oldest Ingress chooses a host's certificate`() throws {
        let secrets = try [Secret.tls("shop/a", for: "a.example"), .tls("blog/b", for: "a.example")]
        let result = try translated(
            ingress("blog/young", at: 2, tls: [tls("a.example", secret: "b")], rule("a.example", path("/y"))),
            ingress("shop/none", at: 0, rule("a.example", path("/n"))),
            ingress("shop/old", at: 1, tls: [tls("a.example", secret: "a")], rule("a.example", path("/o"))),
            ingress("shop/same", at: 3, tls: [tls("a.example", secret: "a")], rule("a.example", path("/s"))),
            secrets: secrets
        )
        #expect(certificate("a.example", result) == "tls/shop.a.pem")
        #expect(result.answer("a.example", "/n") == "308 https://a.example/n")
        #expect(result.findings == ["Ingress blog/young spec.tls[0].secretName warning secret-taken"])
    }

    @Test(
        arguments: [
            (["*.a.example"], ["b.a.example", "c.a.example"], nil), (["*.A.example"], ["b.a.example"], nil),
            (["*.a.example"], ["*.a.example"], nil), (["*.a.example"], ["x.example"], "tls-host-without-rule"),
            (["*.a.example"], ["a.example"], "tls-host-without-rule"),
            (["*.a.example"], ["c.b.a.example"], "tls-host-without-rule"),
            (["b.a.example"], ["*.a.example"], "tls-host-without-rule"),
        ] as [([String], [String], String?)]
    )
    func `an entry for a wildcard above a rule's host is for that host`(
        _ entry: [String],
        _ hosts: [String],
        _ finding: String?
    ) throws {
        var web = ingress(tls: [Ingress.TLS(hosts: entry, secretName: "wild")])
        web.rules = hosts.map { rule($0, path("/")) }
        let result = try translated(web, secrets: Self.secrets())
        #expect(result.codes.first { $0.hasPrefix("tls-host-without") } == finding)
        guard finding == nil else { return }
        #expect(hosts.allSatisfy { certificate($0, result) == "tls/shop.wild.pem" })
        #expect(result.codes == [])
    }

    @Test func `a host without TLS answers as it is, with the default certificate`() throws {
        let result = try translated(ingress(rule("a.example", path("/"))), secrets: Self.secrets())
        #expect(certificate("a.example", result) == nil)
        #expect(result.server("a.example").map { $0.policy.strictTransportSecurity == nil } == true)
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
    }

    @Test(arguments: [
        ([:], "/a", true), (["ssl-redirect": "false"], "/a", false), (["ssl-redirect": "no"], "/a", true),
        (["ssl-redirect": "false", "force-ssl-redirect": "true"], "/a", true),
        ([:], "/.well-known/acme-challenge", false), ([:], "/.well-known/acme-challenge/token", false),
        (["force-ssl-redirect": "true"], "/.well-known/acme-challenge/token", false), ([:], "/.well-known", true),
    ])
    func `plain requests of a host with TLS are redirected unless told otherwise`(
        _ annotations: [String: String],
        _ text: String,
        _ isRedirected: Bool
    ) throws {
        let web = ingress(annotations: annotations, tls: [tls("a.example", secret: "a")], rule("a.example", path(text)))
        let result = try translated(web, secrets: Self.secrets())
        #expect(
            result.answer("a.example", text) == (isRedirected ? "308 https://a.example\(text)" : "shop_web_80 \(text)")
        )
    }

    @Test func `what no path serves is redirected as the oldest Ingress says`() throws {
        let secure = tls("a.example", secret: "a")
        let result = try translated(
            ingress(
                "shop/old",
                at: 1,
                annotations: ["ssl-redirect": "false"],
                tls: [secure],
                rule("a.example", path("/o"))
            ),
            ingress("shop/young", at: 2, tls: [secure], rule("a.example", path("/y"))),
            secrets: Self.secrets()
        )
        #expect(result.answer("a.example", "/x") == "404")
        #expect(result.answer("a.example", "/o") == "shop_web_80 /o")
        #expect(result.answer("a.example", "/y") == "308 https://a.example/y")
    }

    @Test(arguments: [
        ("shop/a", "tls/shop.a.pem", []), ("shop/old", "tls/shop.old.pem", ["certificate-expired"]),
        ("x/y", "tls/default.pem", ["secret-not-found"]),
    ])
    func `the default certificate is the option's, where it is sound`(
        _ secret: String,
        _ file: String,
        _ codes: [String]
    ) throws {
        let settings = try settings { $0.defaultCertificateSecret = NamespacedName(secret) }
        let result = try translated(ingress(rule("a.example", path("/"))), secrets: Self.secrets(), with: settings)
        #expect(result.configuration.fallbackCertificate.value == file)
        #expect(result.configuration.privateFiles.map(\.file.value) == [file])
        #expect(result.codes == codes)
    }

    @Test(arguments: [
        ("shop/a", "tls/shop.a.pem"), ("shop/a.b-c", "tls/shop.a.b-c.pem"), ("shop/..", "tls/shop....pem"),
        ("shop/a/b", nil), ("shop/", nil), ("/a", nil), ("shop/a b", nil), ("shop/ü", nil), ("sh.op/a", nil),
        ("../a", nil),
    ])
    func `a certificate's file is named for its Secret`(_ name: String, _ file: String?) throws {
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var secret = try Secret.tls("shop/a", for: "a.example")
        secret.metadata = ObjectMetadata(name: parts[1], namespace: parts[0])
        var web = ingress(tls: [tls("a.example", secret: parts[1])], rule("a.example", path("/")))
        web.metadata.namespace = parts[0]
        let result = try translated(web, secrets: [secret])
        #expect(certificate("a.example", result) == file)
        #expect(result.configuration.flaws == [])
    }

    @Test func `the longest names of Secrets still are names of files`() throws {
        let names = ["x", "y"].map { String(repeating: "a", count: 252) + $0 }
        let secret = try Secret.tls("shop/a", for: "a.example")
        let wild = try Secret.tls("shop/b", for: "*.a.example")
        let result = try translated(
            ingress(tls: [tls("a.example", secret: names[0])], rule("a.example", path("/"))),
            ingress("shop/b", tls: [tls("*.a.example", secret: names[1])], rule("*.a.example", path("/"))),
            secrets: [secret.named("shop/\(names[0])"), wild.named("shop/\(names[1])")]
        )
        let files = result.configuration.privateFiles.map(\.file.value)
        #expect(Set(files).count == 3)
        #expect(files.allSatisfy { $0.utf8.count <= 255 + "tls/".utf8.count })
        #expect(result.configuration.flaws == [])
    }
}
