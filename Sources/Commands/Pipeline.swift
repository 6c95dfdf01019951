package import Diagnostics
import Foundation
package import IngressTranslation
package import KubernetesModel
package import Manifests
package import NginxRendering
import NginxSyntax
package import ProxyConfiguration

/// From manifests to a generation: what every command does, each with another end.
package struct Pipeline {
    package let settings: TranslationSettings
    package let renderer: ConfigurationRenderer

    /// What manifests come to.
    package struct Result: Sendable {
        package var snapshot: ClusterSnapshot
        /// What the snapshot alone came to.
        package var translation: Translation
        package var generation: Generation
        /// All findings, those of reading among them.
        package var diagnostics: [Diagnostic]

        package var configuration: Configuration { translation.configuration }
    }

    /// Writes for the nginx that the options name, unless `capabilities` are given.
    init(
        _ translation: TranslationOptions,
        _ rendering: RenderingOptions,
        _ input: InputOptions,
        for capabilities: NginxCapabilities? = nil,
        fallbackCertificate: TLSCertificate
    ) async throws {
        settings = translation.settings(
            fallbackCertificate: fallbackCertificate,
            now: Int64(Date().timeIntervalSince1970),
            assumesMissingObjects: input.assumesMissingObjects,
            readsManifests: input.assumesMissingObjects
        )
        let asked = if let capabilities { capabilities } else { await rendering.capabilities() }
        renderer = try rendering.renderer(for: asked)
    }

    package init(settings: TranslationSettings, renderer: ConfigurationRenderer) {
        self.settings = settings
        self.renderer = renderer
    }

    package func run(_ files: [ManifestFile]) -> Result {
        let (snapshot, findings) = ManifestReader().read(files)
        let translation = translate(snapshot, with: settings)
        return Result(
            snapshot: snapshot,
            translation: translation,
            generation: renderer.render(translation.configuration),
            diagnostics: findings.inOrder(with: translation.diagnostics)
        )
    }
}

extension [Diagnostic] {
    /// Findings of two stages in the order of their places.
    func inOrder(with others: [Diagnostic]) -> [Diagnostic] {
        (self + others).enumerated().sorted { left, right in
            switch (left.element.position, right.element.position) {
            case (let first?, let second?) where first != second: first < second
            case (nil, _?): true
            case (_?, nil): false
            default: left.offset < right.offset
            }
        }.map(\.element)
    }
}
