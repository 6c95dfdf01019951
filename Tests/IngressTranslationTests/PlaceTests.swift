import Diagnostics
import IngressTranslation
import KubernetesModel
import Manifests
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// A finding stands at the value that it is about.
struct PlaceTests {
    private static func manifest(_ metadata: String, _ spec: String) -> MarkedText {
        MarkedText(
            stringLiteral: """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: web
                  namespace: shop
                \(metadata)
                spec:
                  ingressClassName: nginx
                \(spec)
                ---
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: nginx}
                spec: {controller: k8s.io/ingress-nginx}

                """
        )
    }

    private static let rules = """
          rules:
          - host: a.example
            http:
              paths:
              - path: /a
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}
        """

    @Test(arguments: [
        ("service-not-found", manifest("", rules.replacing("name: web", with: "name: 👉web"))),
        ("service-not-found", manifest("", "  defaultBackend: {service: {name: 👉web, port: {number: 80}}}")),
        (
            "path-invalid",
            manifest(
                "  annotations: {nginx.ingress.kubernetes.io/use-regex: 'true'}",
                rules.replacing("path: /a", with: "path: 👉/(").replacing("Prefix", with: "ImplementationSpecific")
            )
        ),
        ("annotation-invalid", manifest("  annotations:\n    nginx.ingress.kubernetes.io/ssl-redirect: 👉maybe", rules)),
        (
            "annotation-unknown",
            manifest("  annotations:\n    a: b\n    nginx.ingress.kubernetes.io/ssl-redirekt: 👉'true'", rules)
        ),
        (
            "annotation-not-honoured",
            manifest("  annotations:\n    nginx.ingress.kubernetes.io/enable-modsecurity: 👉basic", rules)
        ),
        (
            "annotation-risk-too-high",
            manifest("  annotations:\n    nginx.ingress.kubernetes.io/modsecurity-snippet: 👉basic", rules)
        ),
        (
            "path-taken",
            manifest(
                "",
                rules
                    + "\n      - path: 👉/a/\n        pathType: Prefix\n        backend: {service: {name: web, port: {number: 80}}}"
            )
        ),
        ("tls-host-without-rule", manifest("", rules + "\n  tls:\n  - hosts: [a.example, 👉b.example]")),
        ("secret-not-found", manifest("", rules + "\n  tls:\n  - hosts: [a.example]\n    secretName: 👉gone")),
        (
            "class-not-found",
            MarkedText(stringLiteral: manifest("", rules).text.replacing("ClassName: nginx", with: "ClassName: 👉gone"))
        ),
        ("backend-is-resource", manifest("", "  defaultBackend: 👉{resource: {apiGroup: x, kind: Bucket, name: b}}")),
        (
            "path-taken-literally",
            manifest(
                "  annotations: {nginx.ingress.kubernetes.io/use-regex: 'true'}",
                rules.replacing("path: /a", with: "path: 👉/a.*").replacing("Prefix", with: "Exact")
            )
        ),
    ])
    func `a finding has the place of its value`(_ code: String, _ manifest: MarkedText) throws {
        let (snapshot, problems) = ManifestReader().read([ManifestFile(name: "a.yaml", text: manifest.text)])
        #expect(problems.filter { $0.severity == .error } == [])
        let result = translate(snapshot, with: try settings())
        let finding = try #require(result.diagnostics.first { $0.code == code }, "\(result.findings)")
        #expect(finding.position == SourcePosition(file: "a.yaml", line: manifest.line, column: manifest.column))
        #expect(finding.object?.description == "Ingress shop/web")
        #expect(finding.text.hasPrefix("a.yaml:\(manifest.line):\(manifest.column): \(finding.severity.rawValue): "))
    }

    @Test func `findings stand in the order of their places, those without one last`() throws {
        let files = [
            ManifestFile(name: "b.yaml", text: Self.manifest("", Self.rules).text),
            ManifestFile(
                name: "a.yaml",
                text: Self.manifest("", Self.rules.replacing("a.example", with: "b.example")).text.replacing(
                    "name: web\n",
                    with: "name: api\n"
                )
            ),
        ]
        let (snapshot, _) = ManifestReader().read(files)
        var more = snapshot
        more.ingresses.insert(ingress("shop/zz", rule("c.example", path("/"))), at: 0)
        let result = translate(more, with: try settings())
        #expect(result.diagnostics.map { $0.position?.file } == ["a.yaml", "b.yaml", nil])
    }

    @Test func `a hostile text is printed without its control characters, and cut`() throws {
        let result = try translated(
            ingress(rule("a\u{1B}[31m\n" + String(repeating: "x", count: 1_000), path("/"))),
            ingress("shop/b", rule("a.example", path("no\u{7}path\u{85}")))
        )
        for diagnostic in result.diagnostics {
            #expect(diagnostic.message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
            #expect(diagnostic.message.count < 400)
        }
        #expect(result.diagnostics.count == 2)
    }
}
