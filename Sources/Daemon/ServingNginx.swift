package import Controller
import Diagnostics
import Foundation
package import IngressTranslation
package import NginxControl
package import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// The controller of one nginx: it takes what a source says live.
package struct ServingNginx: Sendable {
    private let plan: NginxPlan
    private let dataPlane: NginxDataPlane
    private let reconciler: Reconciler
    private let journal: Journal
    /// Answers nginx where it asks for endpoints; `nil` where it does not.
    let endpoints: EndpointDesk?
    private let settings: @Sendable () -> TranslationSettings

    /// Takes the state folder for its own.
    ///
    /// - Parameters:
    ///   - program: The nginx to prove with.
    ///   - endpoints: Answers nginx where it asks for endpoints; `nil` where it does not.
    ///   - killAt: Where the process kills itself, for tests of crashes.
    ///   - settings: The settings of each reconcile, at its time; where nginx's own files are is added to them.
    package init(
        _ plan: NginxPlan,
        provingWith program: NginxProgram,
        renderer: ConfigurationRenderer,
        journal: Journal,
        endpoints: EndpointDesk? = nil,
        killAt: SwapPoint? = nil,
        settings: @escaping @Sendable () -> TranslationSettings
    ) throws {
        let prover = Prover(
            program,
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
        dataPlane = try NginxDataPlane(
            plan.state,
            plan.dataPlane,
            prover: prover,
            renderer: renderer,
            answers: endpoints
        ) { point in
            if point == killAt { kill(getpid(), SIGKILL) }
        }
        reconciler = Reconciler(dataPlane, settingAside: SetAsideFile.load(from: plan.state)) { aside in
            try SetAsideFile.save(aside, to: plan.state)
        }
        self.plan = plan
        self.journal = journal
        self.endpoints = endpoints
        self.settings = {
            var settings = settings()
            settings.process = plan.process
            settings.status = .unix(plan.statusSocket)
            if settings.passthrough != nil { settings.passthrough = plan.passthroughSockets }
            settings.endpointServer = endpoints?.address
            settings.portMeter = plan.portMeter
            return settings
        }
    }

    /// The socket where nginx tells which generation it serves.
    var statusSocket: String { plan.dataPlane.statusSocket }

    /// The socket where nginx's sessions of TCP and UDP are counted; `nil` where nobody does.
    var portMeter: String? { plan.portMeter?.path }

    /// Takes up what serves already, before any source is read.
    package func recover() async {
        // The first reconcile says why where it cannot be had.
        _ = endpoints?.open()
        do throws(DataPlaneError) {
            await journal.recovered(try await dataPlane.recover())
        } catch {
            await journal.failed("what served before", error)
        }
    }

    /// Has a supervised nginx open its logs anew.
    func reopenLogs() async { await dataPlane.reopenLogs() }

    /// Tells that a signal means nothing here.
    func passOver(_ signal: String) async { await journal.passedOver(signal) }

    /// Reconciles until the task is cancelled.
    func run(_ source: some SnapshotSource, every syncPeriod: Duration) async throws {
        let signal = ChangeSignal()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await source.watch() }
            group.addTask { for await _ in source.changes { signal.raise() } }
            group.addTask { await dataPlane.watch { signal.raise() } }
            group.addTask { await ClockWatch().run { signal.raise() } }
            // As other daemons read their files again: by it somebody says that there is something new.
            group.addTask {
                await EndSignals.onEach(SIGHUP) {
                    await journal.asked()
                    signal.raise()
                }
            }
            // Certificates expire though nothing changes.
            group.addTask {
                while true {
                    signal.raise()
                    try await Task.sleep(for: .seconds(600))
                }
            }
            group.addTask {
                let loop = ControlLoop(pace: ReloadPace(least: syncPeriod))
                guard endpoints != nil else { return await loop.run(signal) { await reconcile(source) } }
                await loop.run(signal, announce: { await announce(source) }, reconcile: { await reconcile(source) })
            }
            // The first that fails ends them all; one that ends because the task is cancelled does not matter.
            while try await group.next() != nil {}
        }
    }

    /// Reconciles one time, as soon as the source knows all that there is.
    ///
    /// Returns `nil` where that is not known in time; the log says why.
    package func reconcileOnce(_ source: some SnapshotSource, within limit: Duration) async throws -> ReconcileReport? {
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
            return try await group.next() ?? nil
        }
    }

    /// Ends a supervised nginx.
    func stop(within time: Duration) async {
        await dataPlane.stop(within: time)
        endpoints?.close()
        await journal.ended()
    }

    private func announce(_ source: some SnapshotSource) async {
        guard let reading = await source.reading() else { return }
        await reconciler.announce(reading, settings(for: reading))
    }

    private func settings(for reading: SourceReading) -> TranslationSettings {
        var settings = settings()
        if reading.lacksClasses { settings.classes.selectsByName = true }
        return settings
    }

    private func reconcile(_ source: some SnapshotSource) async -> ReconcileReport? {
        guard var reading = await source.reading() else { return nil }
        if let finding = endpoints?.open() { reading.diagnostics.append(finding) }
        let report = await reconciler.reconcile(reading, settings(for: reading))
        await journal.log(report)
        await source.note(report)
        return report
    }
}
