import Commands
import Controller
import Diagnostics
import Foundation
import IngressTranslation
import Manifests
import NginxControl
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template
import TestSupport
import Testing

/// A change of manifests, and what the nginx of this machine makes of it as a controller would.
struct ProvenChange {
    private let pipeline: Pipeline
    private let prover: Prover

    /// - Parameter templates: Those in place of built-in ones, by name.
    init(
        bounds: ProofBounds = ProofBounds(requests: 20_000, variations: false),
        templates: [String: String] = [:]
    ) async throws {
        let nginx = try #require(NginxProgram())
        var diagnostics: [Diagnostic] = []
        let capabilities = try #require(await nginx.capabilities())
        let renderer = try #require(
            ConfigurationRenderer(
                for: capabilities,
                overrides: templates.map { TemplateSource(name: $0.key, file: "\($0.key).tmpl", text: $0.value) },
                diagnostics: &diagnostics
            )
        )
        pipeline = Pipeline(settings: try await Self.settings(), renderer: renderer)
        prover = Prover(nginx, renderer: renderer, bounds: bounds, misrouting: .setAside)
    }

    /// The proof of the manifests `after`, where those `before` serve already.
    func prove(from before: [String], to after: [String]) async throws -> Proof {
        let (old, new) = (result(before), result(after))
        let candidate = Candidate(
            new.snapshot,
            lastGood: old.snapshot,
            settings: pipeline.settings,
            translation: new.translation
        )
        return try await prover.prove(candidate, since: old.configuration)
    }

    private func result(_ manifests: [String]) -> Pipeline.Result {
        pipeline.run([ManifestFile(name: "site.yaml", text: manifests.joined())])
    }

    private static func settings() async throws -> TranslationSettings {
        let fallback = try await TestSecret(for: "default.example")
        let file = try #require(FilePath("tls/default.pem"))
        return TranslationSettings(
            fallbackCertificate: PrivateFile(
                .certificate,
                file: file,
                content: .init(Array(fallback.certificate + fallback.key))
            ),
            listeners: [
                Listener(.http, at: .port(try #require(PortNumber(80)))),
                Listener(.https, at: .port(try #require(PortNumber(443)))),
            ],
            now: Int64(Date().timeIntervalSince1970)
        )
    }
}
