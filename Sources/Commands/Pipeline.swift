package import Diagnostics
import Foundation
package import IngressTranslation
package import KubernetesModel
package import Manifests
package import NginxRendering
import NginxSyntax
package import ProxyConfiguration

/// From manifests to a generation: what every command does, each with another end.
package struct Pipeline: Sendable {
    package let settings: TranslationSettings
    package let renderer: ConfigurationRenderer

    /// The result of translating manifests.
    package struct Result: Sendable {
        package var snapshot: ClusterSnapshot
        /// The translation of the snapshot alone.
        package var translation: Translation
        package var generation: Generation
        /// All findings, those of reading among them.
        package var diagnostics: [Diagnostic]
        package var survey: Survey
        /// Whether no file of the input holds anything.
        package var isEmpty: Bool
        /// The names of the files that are no manifests.
        package var passedOver: Set<String> = []

        package var configuration: Configuration { translation.configuration }
    }

    /// Writes for the nginx that the options name, unless `capabilities` are given.
    init(
        _ translation: TranslationOptions,
        _ rendering: RenderingOptions,
        _ input: InputOptions,
        for capabilities: NginxCapabilities? = nil,
        fallbackCertificate: PrivateFile
    ) async throws {
        let asked = if let capabilities { capabilities } else { await rendering.capabilities() }
        var settings = translation.settings(
            fallbackCertificate: fallbackCertificate,
            now: Int64(Date().timeIntervalSince1970),
            assumesMissingObjects: input.assumesMissingObjects,
            readsManifests: input.readsManifests
        )
        settings.capabilities = asked
        settings.endpointServer = try translation.endpointServer(for: asked)
        self.settings = settings
        renderer = try rendering.renderer(for: asked)
    }

    package init(settings: TranslationSettings, renderer: ConfigurationRenderer) {
        self.settings = settings
        self.renderer = renderer
    }

    package func run(_ files: [ManifestFile]) -> Result {
        run(LoadedManifests(files: files))
    }

    /// - Parameter adjust: Is given the objects before they are translated.
    package func run(
        _ input: LoadedManifests,
        adjusting adjust: (inout ClusterSnapshot) -> Void = { _ in }
    ) -> Result {
        // Only who assumes that objects are elsewhere has a repository, where other files are as well.
        var reading = RepositoryReader(isStrict: !settings.assumesMissingObjects).read(input.files)
        adjust(&reading.snapshot)
        let survey = Survey(files: input.files.count, passedOver: reading.passedOver.count)
        var result = run(reading.snapshot, findings: input.findings + reading.diagnostics, survey)
        result.isEmpty = reading.isEmpty && input.findings.isEmpty
        result.passedOver = reading.passedOver
        return result
    }

    /// Translates objects that have been read.
    ///
    /// - Parameters:
    ///   - findings: Those of reading.
    ///   - survey: What is known of the files that they come from.
    func run(_ snapshot: ClusterSnapshot, findings: [Diagnostic], _ survey: Survey) -> Result {
        let translation = translate(snapshot, with: settings)
        var survey = survey
        survey.ingresses = snapshot.ingresses.count
        survey.leftOut = translation.leftOut.count
        survey.hosts = translation.configuration.hostCount
        return Result(
            snapshot: snapshot,
            translation: translation,
            generation: renderer.render(translation.configuration),
            diagnostics: findings.inOrder(with: translation.diagnostics + survey.findings(settings)).boundedByObject(),
            survey: survey,
            isEmpty: false
        )
    }
}

extension Pipeline {
    /// Translates the files and folders that a command names; throws for input that holds nothing at all.
    func result(of paths: [String]) throws(CommandFailure) -> Result {
        try result(of: try ManifestLoader.load(paths), at: paths)
    }

    /// Translates what was loaded of files and folders.
    func result(of manifests: LoadedManifests, at paths: [String]) throws(CommandFailure) -> Result {
        let result = run(manifests)
        guard !result.isEmpty else {
            let name = paths.count == 1 ? (paths[0] == "-" ? "standard input" : paths[0]) : "all of the input"
            throw CommandFailure("\(name) is empty: there is nothing to look at")
        }
        return result
    }
}

extension Survey {
    /// Says so where nothing is served because there is no Ingress, or none of ours.
    fileprivate func findings(_ settings: TranslationSettings) -> [Diagnostic] {
        guard ingresses == leftOut else { return [] }
        let reason =
            ingresses == 0
            ? "there is no Ingress in the input"
            : ingresses == 1 ? "the one Ingress in the input is left out" : "all \(ingresses) Ingresses are left out"
        return [
            Diagnostic(
                .warning,
                code: "no-ingress",
                "\(reason); nothing is served",
                hint: ingresses == 0
                    ? nil
                    : "--verbose says why; --ingress-class names another class than '\(settings.classes.ingressClass)'"
            )
        ]
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
