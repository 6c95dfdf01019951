import Controller
import Diagnostics
import FolderSource
import Foundation
import IngressTranslation
import Logging
import NginxControl
import NginxSyntax
import ProxyConfiguration

/// The controller of one nginx: a source, a data plane, and what is told of them.
struct ServingNginx: Sendable {
    private let plan: NginxPlan
    private let dataPlane: NginxDataPlane
    private let reconciler: Reconciler
    private let settings: @Sendable () -> TranslationSettings
    private let journal: Journal

    /// Throws ``CommandFailure`` for options that cannot be honoured, a state folder that is another's, or no nginx.
    init(_ run: Run) async throws {
        let nginx = try await ProvingNginx(at: run.nginx.nginxPath, for: run.rendering)
        let plan = try NginxPlan(run.nginx, stateFolder: run.stateDir, nginx.program)
        let renderer = try run.rendering.renderer(for: nginx.capabilities)
        let prover = Prover(
            nginx.program,
            renderer: renderer,
            bounds: ProofBounds(
                requests: 20_000,
                variations: false,
                time: .seconds(5),
                culprits: 256,
                start: plan.dataPlane.reloadTimeout
            ),
            misrouting: .setAside
        )
        let killAt = run.killAt
        do {
            dataPlane = try NginxDataPlane(plan.state, plan.dataPlane, prover: prover, renderer: renderer) { point in
                if point == killAt { kill(getpid(), SIGKILL) }
            }
        } catch let error as StateFolderError {
            throw CommandFailure("\(error)")
        }
        self.plan = plan
        reconciler = Reconciler(dataPlane, settingAside: SetAsideFile.load(from: plan.state)) { aside in
            try SetAsideFile.save(aside, to: plan.state)
        }
        let translation = run.translation
        let fallback = try FallbackCertificate.load(from: plan.state.current)
        settings = {
            var settings = translation.settings(
                fallbackCertificate: FallbackCertificate.renewed(fallback, from: plan.state.current),
                now: Int64(Date().timeIntervalSince1970),
                assumesMissingObjects: false,
                readsManifests: true
            )
            settings.process = plan.process
            settings.status = .unix(plan.statusSocket)
            return settings
        }
        journal = Journal(plan.state, source: run.source)
    }

    /// Reconciles until the task is cancelled.
    func run(_ folder: String, every syncPeriod: Duration) async throws {
        await recover()
        let source = try open(folder)
        let signal = ChangeSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.watch() }
            group.addTask { for await _ in source.changes { signal.raise() } }
            group.addTask { await dataPlane.watch { signal.raise() } }
            // Certificates expire though nothing changes.
            group.addTask {
                while true {
                    signal.raise()
                    try await Task.sleep(for: .seconds(600))
                }
            }
            group.addTask {
                await ControlLoop(syncPeriod: syncPeriod).run(signal) { await reconcile(source) }
            }
            // The first that fails ends them all; one that ends because the task is cancelled does not matter.
            while try await group.next() != nil {}
        }
    }

    func reconcileOnce(_ folder: String) async throws -> ReconcileReport {
        await recover()
        return await reconcile(try open(folder))
    }

    /// Ends a supervised nginx.
    func stop(within time: Duration) async {
        await dataPlane.stop(within: time)
        await journal.ended()
    }

    private func recover() async {
        do throws(DataPlaneError) {
            await journal.recovered(try await dataPlane.recover())
        } catch {
            await journal.failed("what served before", error)
        }
    }

    private func open(_ folder: String) throws(CommandFailure) -> FolderSource {
        do throws(FolderSourceError) {
            return try FolderSource(folder: folder, keepingIn: plan.state.kept)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    private func reconcile(_ source: FolderSource) async -> ReconcileReport {
        let start = ContinuousClock.now
        let reading = await source.read()
        let input = SourceReading(
            snapshot: reading.snapshot,
            diagnostics: reading.diagnostics,
            duration: ContinuousClock.now - start
        )
        let report = await reconciler.reconcile(input, settings())
        await journal.note(report)
        return report
    }
}
