import Controller
import Diagnostics
import IngressTranslation
import NginxRendering

/// Takes every candidate, and renders it as the real one does.
actor RecordingDataPlane: DataPlane {
    private let renderer: ConfigurationRenderer
    private var cache = RenderingCache()
    /// How many generations differed from the one before.
    private(set) var changes = 0
    private var last: String?

    init(_ renderer: ConfigurationRenderer) {
        self.renderer = renderer
    }

    func activate(
        _ candidate: Candidate,
        willSetAside: @Sendable (Exclusions, [Diagnostic]) throws -> Void
    ) async throws(DataPlaneError) -> Activation {
        let translation = candidate.translation()
        let id = renderer.render(translation.configuration, cache: &cache).id
        defer { last = id }
        guard id != last else { return Activation(.unchanged, generation: id, translation: translation) }
        changes += 1
        return Activation(.settled, generation: id, translation: translation)
    }
}
