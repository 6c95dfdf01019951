package import Controller
import Diagnostics
import IngressTranslation
package import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Template

/// A real nginx that serves a state folder: the swap, step by step.
///
/// Nothing reaches the state folder before it is proven, and nothing stays for which the nginx that serves does not
/// answer.
package actor NginxDataPlane: DataPlane {
    let state: StateFolder
    let settings: DataPlaneSettings
    let store: GenerationStore
    let atStep: @Sendable (SwapPoint) -> Void
    private let lock: StateLock
    private let prover: Prover
    private let renderer: ConfigurationRenderer
    private var cache = PartCache()
    private let thread = ThreadExecutor("postern.swap")
    private let status: StatusClient
    /// What nginx was found to serve, for which probes need not be sent again.
    private var served: (id: String, configuration: Configuration)?
    var starts = StartSchedule()
    var lastStart: ContinuousClock.Instant?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// Takes the state folder for this process, and clears up what a process left that ended in the middle of a swap.
    ///
    /// Throws ``StateFolderError``.
    package init(
        _ state: StateFolder,
        _ settings: DataPlaneSettings,
        prover: Prover,
        renderer: ConfigurationRenderer,
        atStep: @escaping @Sendable (SwapPoint) -> Void = { _ in }
    ) throws {
        lock = try state.open()
        self.state = state
        self.settings = settings
        self.prover = prover
        self.renderer = renderer
        self.atStep = atStep
        store = GenerationStore(state: state, atStep: atStep)
        status = try StatusClient(socket: settings.statusSocket)
        store.clearLeftovers()
    }

    /// Takes up what an earlier process left: `current` leads to what nginx serves, or to what it served last, and a
    /// supervised nginx runs on that before any source is read.
    package func recover() async throws(DataPlaneError) {
        if let live = liveGeneration, store.isIntact(live) {
            try remember(live)
        } else if let good = state.target(of: state.good), store.isIntact(good) {
            try write { () throws(StateFolderError) in try state.point(state.current, to: good) }
        }
        try await ensureRunning()
    }

    /// The generation that the nginx that serves answers for; `nil` where none does.
    package var liveGeneration: String? { status.generation() }

    package func activate(_ candidate: Candidate) async throws(DataPlaneError) -> Activation {
        try await ensureRunning()
        var watch = StepWatch()
        var translation = candidate.translation()
        var generation = render(translation, &watch)
        if let activation = try unchanged(generation, translation, watch) { return activation }
        let proof = try await prove(candidate, &watch)
        guard let proven = proof.translation else { throw .refused(proof.findings) }
        if !proof.exclusions.isEmpty {
            translation = proven
            generation = render(translation, &watch)
        }
        atStep(.proven)
        func activation(_ result: Activation.Result) -> Activation {
            Activation(
                result,
                generation: generation.id,
                translation: translation,
                exclusions: proof.exclusions,
                findings: proof.findings,
                steps: watch.steps
            )
        }
        if !proof.exclusions.isEmpty, try unchanged(generation, translation, watch) != nil {
            return activation(.unchanged)
        }
        let isServed = try await swap(to: generation, &watch)
        served = (generation.id, translation.configuration)
        return activation(isServed ? .settled : .awaitsProxy)
    }

    /// What is left to do for a generation that nginx serves already: nothing.
    private func unchanged(
        _ generation: Generation,
        _ translation: Translation,
        _ watch: StepWatch
    ) throws(DataPlaneError) -> Activation? {
        guard liveGeneration == generation.id, store.isIntact(generation.id) else { return nil }
        try remember(generation.id)
        served = (generation.id, translation.configuration)
        return Activation(.unchanged, generation: generation.id, translation: translation, steps: watch.steps)
    }

    private func render(_ translation: Translation, _ watch: inout StepWatch) -> Generation {
        watch.time(.render) { renderer.render(translation.configuration, cache: &cache) }
    }

    private func prove(_ candidate: Candidate, _ watch: inout StepWatch) async throws(DataPlaneError) -> Proof {
        let start = ContinuousClock.now
        defer { watch.add(.prove, ContinuousClock.now - start) }
        do {
            return try await prover.prove(candidate, since: served?.configuration)
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .unproven(reason: "\(error)")
        }
    }

    /// Stages, points, reloads and settles; returns whether an nginx runs that serves it.
    private func swap(to generation: Generation, _ watch: inout StepWatch) async throws(DataPlaneError) -> Bool {
        let before = state.target(of: state.good) ?? state.target(of: state.current)
        try watch.time(.stage) { () throws(DataPlaneError) in
            try write { () throws(StateFolderError) in try store.stage(generation, sharing: before) }
        }
        atStep(.staged)
        try watch.time(.point) { () throws(DataPlaneError) in
            try write { () throws(StateFolderError) in try state.point(state.current, to: generation.id) }
        }
        atStep(.pointed)
        let start = ContinuousClock.now
        do throws(DataPlaneError) {
            guard try await makeLive(generation.id) else { return false }
        } catch {
            watch.add(.reload, ContinuousClock.now - start)
            await restore(before, insteadOf: generation.id, after: error)
            throw error
        }
        watch.add(.reload, ContinuousClock.now - start)
        atStep(.answered)
        try watch.time(.settle) { () throws(DataPlaneError) in
            try remember(generation.id)
            atStep(.settled)
            store.prune(keeping: [generation.id, before ?? generation.id])
        }
        return true
    }

    /// Notes that nginx answers for a generation, as what to start on after a crash.
    private func remember(_ id: String) throws(DataPlaneError) {
        try write { () throws(StateFolderError) in
            try state.point(state.current, to: id)
            try state.point(state.good, to: id)
        }
    }

    func write(_ body: () throws(StateFolderError) -> Void) throws(DataPlaneError) {
        do throws(StateFolderError) { try body() } catch { throw .unwritable(reason: "\(error)") }
    }
}

/// Adds up how long the steps of a swap take.
struct StepWatch {
    private(set) var steps: [StepTime] = []

    mutating func add(_ step: StepTime.Step, _ duration: Duration) {
        if let index = steps.firstIndex(where: { $0.step == step }) {
            steps[index].duration += duration
        } else {
            steps.append(StepTime(step, duration))
        }
    }

    mutating func time<Value, Failure: Error>(
        _ step: StepTime.Step,
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let start = ContinuousClock.now
        defer { add(step, ContinuousClock.now - start) }
        return try body()
    }
}
