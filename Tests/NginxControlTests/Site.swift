import Certificates
import Commands
import Controller
import Diagnostics
import Foundation
import IngressTranslation
import KubernetesModel
import Manifests
import NginxControl
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template
import TestSupport
import Testing

/// Manifests, and what the nginx of this machine makes of them.
struct Site {
    var manifests: [String]
    /// Templates in place of built-in ones, by name.
    var templates: [String: String] = [:]
    var bounds = ProofBounds()
    /// Where the prover keeps its files.
    var folder: String?

    func prove(on nginx: NginxProgram? = nil) async throws -> Proof {
        let (prover, result, pipeline) = try await prepare(on: nginx)
        var proof = try await prover.prove(result.candidate(of: pipeline))
        proof.findings = proof.findings.map(result.snapshot.placed)
        return proof
    }

    func prepare(on nginx: NginxProgram? = nil) async throws -> (Prover, Pipeline.Result, Pipeline) {
        let program = try #require(nginx ?? NginxProgram())
        var diagnostics: [Diagnostic] = []
        let renderer = ConfigurationRenderer(
            for: try #require(await NginxProgram()?.capabilities()),
            overrides: templates.map { TemplateSource(name: $0.key, file: "\($0.key).tmpl", text: $0.value) },
            diagnostics: &diagnostics
        )
        let pipeline = Pipeline(
            settings: try Self.settings(),
            renderer: try #require(renderer, "\(diagnostics.map(\.text))")
        )
        let result = pipeline.run([ManifestFile(name: "site.yaml", text: manifests.joined(separator: "---\n"))])
        #expect(!result.diagnostics.contains { $0.severity == .error }, "\(result.diagnostics.map(\.text))")
        let prover = Prover(program, renderer: pipeline.renderer, bounds: bounds, folder: folder)
        return (prover, result, pipeline)
    }

    private static func settings() throws -> TranslationSettings {
        let now = Int64(Date().timeIntervalSince1970)
        let bundle = try SelfSignedCertificate.make(notBefore: now - 3_600, notAfter: now + 86_400)
        let file = try #require(FilePath("tls/default.pem"))
        var settings = TranslationSettings(
            fallbackCertificate: PrivateFile(
                .certificate,
                file: file,
                content: bundle.content,
                summary: bundle.summary
            ),
            listeners: [
                Listener(.http, at: .port(try #require(PortNumber(80)))),
                Listener(.https, at: .port(try #require(PortNumber(443)))),
            ],
            now: now
        )
        // An OpenSSL that takes more than that of nginx: what nginx refuses is for the proof to find.
        settings.tlsSecurityLevel = 0
        return settings
    }

    /// An Ingress for a host of its name.
    static func ingress(_ name: String, path: String = "/", type: String = "Prefix", more: String = "") -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: \(name), namespace: shop}
        spec:
          ingressClassName: nginx
        \(more)
          rules:
          - host: \(name).example
            http:
              paths:
              - {path: "\(path)", pathType: \(type), backend: {service: {name: \(name), port: {number: 80}}}}

        """
    }

    /// So many Ingresses that nothing is wrong with.
    static func good(_ count: Int) -> [String] { (0..<count).map { ingress("good-\($0)") } }
}
