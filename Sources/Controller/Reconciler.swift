package import Diagnostics
package import IngressTranslation
package import KubernetesModel

/// Brings the proxy in line with what the source says, one change at a time.
package actor Reconciler {
    private let dataPlane: any DataPlane
    private let remember: @Sendable (SettingAside) throws -> Void
    var aside: SettingAside
    /// The snapshot whose configuration serves, as far as this process knows.
    private(set) var lastGood: ClusterSnapshot?
    private(set) var cache = TranslationCache()

    /// - Parameters:
    ///   - settingAside: What an earlier process set aside.
    ///   - remember: Keeps what is set aside for a later process; called before it goes live.
    package init(
        _ dataPlane: any DataPlane,
        settingAside: SettingAside = SettingAside(),
        remember: @escaping @Sendable (SettingAside) throws -> Void = { _ in }
    ) {
        self.dataPlane = dataPlane
        self.remember = remember
        aside = settingAside
    }

    /// Has the proxy know what it learns without a reload, and leaves the rest to the next reconcile.
    package func announce(_ input: SourceReading, _ settings: TranslationSettings) async {
        await dataPlane.announce(candidate(aside, of: input.snapshot, settings).translation())
    }

    /// The snapshot without what is set aside, translated.
    func candidate(
        _ aside: SettingAside,
        of snapshot: ClusterSnapshot,
        _ settings: TranslationSettings
    ) -> Candidate {
        Candidate(aside.applied(to: snapshot), lastGood: lastGood, settings: settings, cache: &cache)
    }

    /// Takes what the source says live, as far as the proxy takes it; what it refuses is set aside.
    package func reconcile(_ input: SourceReading, _ settings: TranslationSettings) async -> ReconcileReport {
        let before = aside
        aside.review(input.snapshot, settings)
        let clock = ContinuousClock()
        let start = clock.now
        var candidate = self.candidate(aside, of: input.snapshot, settings)
        if keepCertificates(of: input.snapshot, settings) {
            // A later process does not know what was good.
            try? remember(aside)
            candidate = self.candidate(aside, of: input.snapshot, settings)
        }
        var report = ReconcileReport(translation: candidate.translation())
        report.steps = [StepTime(.read, input.duration), StepTime(.translate, clock.now - start)]
        var findings: [Diagnostic] = []
        do throws(DataPlaneError) {
            let activation = try await dataPlane.activate(candidate) {
                [aside, lastGood, remember] exclusions, findings in
                var aside = aside
                aside.add(exclusions, of: input.snapshot, lastGood: lastGood, because: findings, settings)
                try remember(aside)
            }
            let exclusions = activation.exclusions
            aside.add(
                exclusions,
                of: input.snapshot,
                lastGood: lastGood,
                because: activation.findings,
                settings
            )
            lastGood = candidate.snapshot(exclusions)
            report.outcome = .success(activation.result)
            report.generation = activation.generation
            report.translation = activation.translation
            report.steps += activation.steps
            report.endpointChanges = activation.endpointChanges
            // Those of what is set aside are told as long as it is.
            findings = activation.findings.filter { $0.object.map { !exclusions.objects.contains($0) } ?? true }
            // What was remembered may be gone with the state folder.
            if aside != before || activation.result != .unchanged { try? remember(aside) }
        } catch {
            report.outcome = .failure(error)
            if case .refused(let refusals) = error { findings = refusals }
        }
        report.settingAside = aside.placed(in: input.snapshot)
        report.diagnostics = input.diagnostics + report.translation.diagnostics
        report.diagnostics += report.settingAside.findings + findings.map(input.snapshot.placed)
        return report
    }
}

/// The content of a source at one moment.
package struct SourceReading: Sendable {
    package var snapshot: ClusterSnapshot
    package var diagnostics: [Diagnostic]
    /// Whether IngressClasses may not be read, so that a class is known by its name alone.
    package var lacksClasses: Bool
    /// How long the reading took.
    package var duration: Duration

    package init(
        snapshot: ClusterSnapshot,
        diagnostics: [Diagnostic] = [],
        lacksClasses: Bool = false,
        duration: Duration = .zero
    ) {
        self.snapshot = snapshot
        self.diagnostics = diagnostics
        self.lacksClasses = lacksClasses
        self.duration = duration
    }
}

/// The outcome of one reconcile.
package struct ReconcileReport: Sendable {
    package var outcome: Result<Activation.Result, DataPlaneError> = .failure(.cancelled)
    /// The generation that came of it, where it went live or was live.
    package var generation: String?
    /// The translation that serves, or was to serve.
    package var translation: Translation
    package var diagnostics: [Diagnostic] = []
    package var settingAside = SettingAside()
    package var steps: [StepTime] = []
    /// How many names of endpoints have other addresses than before, of which the proxy learns without a reload.
    package var endpointChanges = 0

    package init(translation: Translation) {
        self.translation = translation
    }
}
