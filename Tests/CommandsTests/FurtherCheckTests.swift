import Certificates
import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Commands

/// What `postern check` reports beside what translation does.
struct FurtherCheckTests {
    private static let prefix = "nginx.ingress.kubernetes.io"

    private static func ingress(
        _ name: String = "web",
        namespace: String = "shop",
        annotations: [String: String] = [:],
        paths: [(path: String, type: String)] = [("/", "Prefix")],
        tls: String = ""
    ) -> String {
        let lines = annotations.sorted { $0.key < $1.key }.map { "    \(prefix)/\($0.key): '\($0.value)'\n" }.joined()
        let items = paths.map { path in
            """
                  - path: '\(path.path)'
                    pathType: \(path.type)
                    backend: {service: {name: \(name), port: {number: 80}}}

            """
        }.joined()
        return """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: \(name)
              namespace: \(namespace)
              annotations:
            \(lines)    a/b: c
            spec:
              ingressClassName: nginx
            \(tls)  rules:
              - host: shop.example
                http:
                  paths:
            \(items)
            """
    }

    /// The findings without notes on what was assumed: code and place.
    private func check(_ manifests: String..., verbose: Bool = false) async throws -> [String] {
        let text = manifests.joined(separator: "---\n")
        return try await CommandLine.use(["web.yaml": text]) { shell in
            let outcome = try await shell.run("check", "--format", "json", "web.yaml")
            let findings = try JSONDecoder().decode([DiagnosticRecord].self, from: Data(outcome.output))
            return findings.filter { !$0.code.hasSuffix("-assumed") && $0.code != "path-stricter-than-ingress-nginx" }
                .map { "\($0.line ?? 0) \($0.severity) \($0.code)" }
        }
    }

    @Test(arguments: [
        (
            ["permanent-redirect": "https://a.example/", "temporal-redirect": "https://b.example/"],
            "7 warning setting-overruled"
        ),
        (["permanent-redirect-code": "308"], "7 note setting-overruled"),
        (["rewrite-target": "/x", "temporal-redirect": "https://b.example/"], "7 note setting-overruled"),
        (["affinity": "cookie", "upstream-hash-by": "$request_uri"], "8 warning setting-overruled"),
        (["affinity": "cookie", "service-upstream": "true"], "7 warning setting-overruled"),
        (["load-balance": "ewma", "upstream-hash-by": "$request_uri"], "7 note setting-overruled"),
        (["satisfy": "any"], "7 note setting-overruled"),
        (["ssl-redirect": "true"], "7 note ssl-redirect-unused"),
        (
            ["denylist-source-range": "10.0.0.0/8, 192.0.2.0/24", "whitelist-source-range": "192.0.2.0/24"],
            "8 warning ranges-contradict"
        ),
    ])
    func `settings that contradict each other are reported`(_ annotations: [String: String], _ finding: String)
        async throws
    {
        #expect(try await check(Self.ingress(annotations: annotations)) == [finding])
    }

    @Test(arguments: [
        ["permanent-redirect": "https://a.example/", "permanent-redirect-code": "308"],
        ["affinity": "cookie", "service-upstream": "false"],
        ["satisfy": "any", "whitelist-source-range": "10.0.0.0/8", "denylist-source-range": "10.1.0.0/16"],
        ["ssl-redirect": "false"], ["force-ssl-redirect": "true", "ssl-redirect": "true"],
    ])
    func `settings that do not are not`(_ annotations: [String: String]) async throws {
        #expect(try await check(Self.ingress(annotations: annotations)) == [])
    }

    @Test func `a host that spec.tls passes over is noted, unless a Secret decides`() async throws {
        let tls = "  tls: [{hosts: [HOST], secretName: x}]\n"
        let other = Self.ingress(tls: tls.replacing("HOST", with: "other.example"))
        #expect(try await check(other) == ["10 warning tls-host-without-rule", "12 note tls-host-unlisted"])
        #expect(try await check(Self.ingress(tls: tls.replacing("HOST", with: "\"*.example\""))) == [])
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: x, namespace: shop}\ntype: kubernetes.io/tls\n"
        #expect(try await !check(other, secret).contains { $0.hasSuffix("tls-host-unlisted") })
    }

    @Test(arguments: [("(a+)+$", true), ("^v[0-9]+$", false)])
    func `a pattern of a canary that a header keeps busy is reported`(_ pattern: String, _ isSlow: Bool) async throws {
        let annotations = ["canary": "true", "canary-by-header": "X-Version", "canary-by-header-pattern": pattern]
        let text = Self.ingress("other", annotations: annotations)
        let findings = try await check(Self.ingress(), text)
        #expect(findings == (isSlow ? ["26 warning pattern-backtracks"] : []))
    }

    @Test func `an Ingress that is left out has no contradictions`() async throws {
        let annotations = ["satisfy": "any", "permanent-redirect-code": "308"]
        let text = Self.ingress("other", annotations: annotations).replacing(
            "ClassName: nginx",
            with: "ClassName: none"
        )
        #expect(try await check(Self.ingress(), text) == ["28 note class-not-found"])
    }

    @Test func `an invalid annotation overrules none`() async throws {
        let annotations = ["permanent-redirect": "https://a.example/", "temporal-redirect": "no url at all"]
        #expect(try await check(Self.ingress(annotations: annotations)) == ["8 warning annotation-invalid"])
    }

    @Test func `a redirect to HTTPS needs no certificate that is another Ingress's`() async throws {
        let plain = Self.ingress(annotations: ["ssl-redirect": "true"])
        let other = Self.ingress(
            "other",
            paths: [("/other", "Prefix")],
            tls: "  tls: [{hosts: [shop.example], secretName: x}]\n"
        )
        #expect(try await check(plain, other) == [])
    }

    @Test(arguments: [
        ("/(.*)", "/foo", "Prefix", true), ("/(.*)", "/foo", "Exact", true), ("/[a-z]+/", "/foo", "Prefix", false),
        ("/f[a-z]*", "/foo", "Prefix", true), ("/foo$|/x.*", "/foo", "Prefix", false),
        ("/(?!foo).*", "/bar", "Prefix", false),
        ("/f[o]+[a-z]*", "/foo/bar/longer/than/that[0-9]*", "ImplementationSpecific", false),
        ("/foo/bar/longer/.*", "/foo/bar/longer/x", "Prefix", true),
    ])
    func `a path whose every request another takes is reported`(
        _ expression: String,
        _ path: String,
        _ type: String,
        _ isShadowed: Bool
    ) async throws {
        let first = Self.ingress(annotations: ["use-regex": "true"], paths: [(expression, "ImplementationSpecific")])
        let second = Self.ingress("other", paths: [(path, type)])
        let codes = try await check(first, second).filter { $0.hasSuffix("path-shadowed") }
        #expect(codes.count == (isShadowed ? 1 : 0))
    }

    @Test func `a path within that of another namespace is noted`() async throws {
        let outer = Self.ingress(paths: [("/", "Prefix"), ("/api", "Prefix")])
        let inner = Self.ingress("other", namespace: "away", paths: [("/api/v2", "Prefix"), ("/apis", "Prefix")])
        #expect(try await check(outer, inner) == ["34 note path-within-another"])
        #expect(try await check(outer, inner.replacing("namespace: away", with: "namespace: shop")) == [])
    }

    @Test(arguments: [
        ("/api/(.*)", "/", true), ("/api(/|$)(.*)", "/v2/", true), ("/api/(.*)", "/$1", false),
        ("/api/(.*)", "/index.html", false), ("/api/", "/", false),
    ])
    func `a rewrite that loses the rest of the path is reported`(_ path: String, _ target: String, _ isLost: Bool)
        async throws
    {
        let text = Self.ingress(annotations: ["rewrite-target": target], paths: [(path, "ImplementationSpecific")])
        #expect(try await check(text) == (isLost ? ["15 warning rewrite-loses-path"] : []))
    }

    @Test func `an Ingress that no class picks up is noted`() async throws {
        let text = Self.ingress("stray").replacing("ClassName: nginx", with: "ClassName: nobodys")
        #expect(try await check(Self.ingress(), text) == ["26 note class-not-found"])
    }

    @Test(arguments: [(10, true), (29, true), (31, false), (400, false)])
    func `a certificate that expires soon is reported at its Secret`(_ days: Int64, _ isSoon: Bool) async throws {
        let now = Int64(Date().timeIntervalSince1970)
        let bundle = try SelfSignedCertificate.make(
            dnsName: "shop.example",
            notBefore: now - 100,
            notAfter: now + days * 86_400 + 60
        )
        let content = String(decoding: bundle.content.bytes, as: UTF8.self)
        let key = try #require(content.firstRange(of: "-----BEGIN PRIVATE KEY"))
        let secret = """
            apiVersion: v1
            kind: Secret
            metadata: {name: x, namespace: shop}
            type: kubernetes.io/tls
            data:
              tls.crt: \(Data(content[..<key.lowerBound].utf8).base64EncodedString())
              tls.key: \(Data(content[key.lowerBound...].utf8).base64EncodedString())

            """
        let text = Self.ingress(tls: "  tls: [{secretName: x}]\n")
        let findings = try await check(secret, text).filter { $0.hasSuffix("certificate-expires-soon") }
        #expect(findings.count == (isSoon ? 1 : 0))
    }
}
