import Controller
import Diagnostics
import FolderSource
import Foundation
import IngressTranslation
import KubernetesModel
import Logging
import NginxControl
import NginxSyntax
import ProxyConfiguration

/// The controller of one nginx: it takes what a source says live.
struct ServingNginx: Sendable {
    let plan: NginxPlan
    private let dataPlane: NginxDataPlane
    private let reconciler: Reconciler
    private let settings: @Sendable () -> TranslationSettings
    let journal: Journal

    /// Throws ``CommandFailure`` for options that cannot be honoured, a state folder that is another's, or no nginx.
    ///
    /// - Parameter namespace: Where the controller runs.
    init(_ run: Run, in namespace: String, telling journal: (StateFolder) -> Journal) async throws {
        let nginx = try await ProvingNginx(at: run.nginx.nginxPath, for: run.rendering)
        let plan = try NginxPlan(run.nginx, stateFolder: run.stateDir, nginx.program)
        let renderer = try run.rendering.renderer(for: nginx.capabilities)
        let prover = Prover(
            nginx.program,
            renderer: renderer,
            bounds: ProofBounds(
                requests: 20_000,
                variations: false,
                time: .seconds(2),
                culprits: 16,
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
        let readsManifests = run.source != nil
        let fallback = try FallbackCertificate.load(from: plan.state.current)
        settings = {
            var settings = translation.settings(
                fallbackCertificate: FallbackCertificate.renewed(fallback, from: plan.state.current),
                now: Int64(Date().timeIntervalSince1970),
                assumesMissingObjects: false,
                readsManifests: readsManifests,
                controllerNamespace: namespace
            )
            settings.process = plan.process
            settings.status = .unix(plan.statusSocket)
            return settings
        }
        self.journal = journal(plan.state)
    }

    /// Finds a folder of manifests; `secrets` are used though no Ingress names them.
    func folder(_ path: String, secrets: Set<NamespacedName>) throws(CommandFailure) -> FolderSource {
        do throws(FolderSourceError) {
            return try FolderSource(folder: path, keepingIn: plan.state.kept, secrets: secrets)
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// Takes up what serves already, before any source is read.
    func recover() async {
        do throws(DataPlaneError) {
            await journal.recovered(try await dataPlane.recover())
        } catch {
            await journal.failed("what served before", error)
        }
    }

    /// Reconciles until the task is cancelled.
    func run(_ source: some SnapshotSource, every syncPeriod: Duration) async throws {
        let signal = ChangeSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.watch() }
            group.addTask { for await _ in source.changes { signal.raise() } }
            group.addTask { await dataPlane.watch { signal.raise() } }
            group.addTask { await ClockWatch().run { signal.raise() } }
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

    /// Reconciles one time, as soon as the source knows all that there is.
    ///
    /// Throws ``CommandFailure`` where that is not known in time; why has been told meanwhile.
    func reconcileOnce(_ source: some SnapshotSource, within limit: Duration = .seconds(60)) async throws
        -> ReconcileReport
    {
        if let report = await reconcile(source) { return report }
        return try await withThrowingTaskGroup(of: ReconcileReport?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await source.watch()
                return nil
            }
            group.addTask {
                for await _ in source.changes {
                    if let report = await reconcile(source) { return report }
                }
                return nil
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            guard let report = try await group.next() ?? nil else {
                throw CommandFailure("what is to be served is not known after \(limit)")
            }
            return report
        }
    }

    /// Ends a supervised nginx.
    func stop(within time: Duration) async {
        await dataPlane.stop(within: time)
        await journal.ended()
    }

    private func reconcile(_ source: some SnapshotSource) async -> ReconcileReport? {
        guard let reading = await source.reading() else { return nil }
        var settings = settings()
        if reading.lacksClasses { settings.classes.selectsByName = true }
        let report = await reconciler.reconcile(reading, settings)
        await journal.note(report)
        await source.note(report)
        return report
    }
}
