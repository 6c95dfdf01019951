package import Diagnostics
package import IngressTranslation
package import KubernetesModel

/// Brings the proxy in line with what the source says, one change at a time.
package actor Reconciler {
    private let dataPlane: any DataPlane
    private var aside: SettingAside
    /// What serves, as far as this process knows.
    private var lastGood: ClusterSnapshot?

    package init(_ dataPlane: any DataPlane, settingAside: SettingAside = SettingAside()) {
        self.dataPlane = dataPlane
        aside = settingAside
    }

    /// Takes what the source says live, as far as the proxy takes it; what it refuses is set aside.
    package func reconcile(_ input: SourceReading, _ settings: TranslationSettings) async -> ReconcileReport {
        aside.review(input.snapshot)
        let clock = ContinuousClock()
        let start = clock.now
        let snapshot = aside.applied(to: input.snapshot)
        let candidate = Candidate(snapshot, lastGood: lastGood, settings: settings)
        let translate = StepTime(.translate, clock.now - start)
        var report = ReconcileReport(translation: candidate.translation())
        report.steps = [StepTime(.read, input.duration), translate]
        var findings: [Diagnostic] = []
        do throws(DataPlaneError) {
            let activation = try await dataPlane.activate(candidate)
            lastGood = candidate.snapshot(activation.exclusions)
            aside.add(
                activation.exclusions,
                of: input.snapshot,
                lastGood: lastGood,
                because: activation.findings,
                now: settings.now
            )
            report.outcome = .success(activation.result)
            report.generation = activation.generation
            report.translation = activation.translation
            report.steps += activation.steps
            findings = activation.findings.filter { finding in
                !(finding.object.map { activation.exclusions.objects.contains($0) } ?? false)
            }
        } catch {
            report.outcome = .failure(error)
            if case .refused(let refusals) = error { findings = refusals }
        }
        report.settingAside = aside
        report.diagnostics = input.diagnostics + report.translation.diagnostics
        report.diagnostics += (aside.findings + findings).map(input.snapshot.placed)
        return report
    }
}

/// What a source says at one moment.
package struct SourceReading: Sendable {
    package var snapshot: ClusterSnapshot
    package var diagnostics: [Diagnostic]
    /// How long the reading took.
    package var duration: Duration

    package init(snapshot: ClusterSnapshot, diagnostics: [Diagnostic] = [], duration: Duration = .zero) {
        self.snapshot = snapshot
        self.diagnostics = diagnostics
        self.duration = duration
    }
}

/// What has become of one reconcile.
package struct ReconcileReport: Sendable {
    package var outcome: Result<Activation.Result, DataPlaneError> = .failure(.cancelled)
    /// The generation that came of it, where it went live or was live.
    package var generation: String?
    /// What serves, or what was to serve.
    package var translation: Translation
    package var diagnostics: [Diagnostic] = []
    package var settingAside = SettingAside()
    package var steps: [StepTime] = []

    init(translation: Translation) {
        self.translation = translation
    }
}
