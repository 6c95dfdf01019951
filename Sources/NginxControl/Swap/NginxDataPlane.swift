package import Controller
package import Diagnostics
import IngressTranslation
package import NginxRendering
import NginxSyntax
import ProxyConfiguration

/// A real nginx that serves a state folder: the swap, step by step.
///
/// Nothing reaches the state folder before it is proven, and nothing stays for which the nginx that serves does not
/// answer.
package actor NginxDataPlane: DataPlane {
    let state: StateFolder
    let settings: DataPlaneSettings
    let store: GenerationStore
    let liveFiles: LiveFiles
    let atStep: @Sendable (SwapPoint) -> Void
    private(set) var lock: StateLock
    private let prover: Prover
    private nonisolated let renderer: RememberingRenderer
    private let thread = ThreadExecutor("postern.swap")
    private let status: StatusClient
    /// The generation that nginx was found to serve, whose probes need not be sent again.
    var served: KnownGeneration?
    /// The nginx that ran when it was last looked for.
    var known: NginxMaster? {
        didSet { latest = known?.entry.processIdentifier ?? latest }
    }
    /// The number of the nginx that ran last, which may have workers though it is gone.
    private(set) var latest: Int32?
    /// The ports of TCP and UDP that are left out because another process has them.
    var unbound = UnboundPorts()
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
        self.renderer = RememberingRenderer(renderer)
        self.atStep = atStep
        let workers = WorkerGroup(of: renderer.capabilities)
        store = GenerationStore(state: state, workers: workers, atStep: atStep)
        liveFiles = LiveFiles(state: state, workers: workers, atStep: atStep)
        status = StatusClient(socket: settings.statusSocket)
        store.clearLeftovers()
        liveFiles.prune { store.namedLiveFiles }
        prover.clearLeftovers()
    }

    /// Takes up what an earlier process left: `current` leads to what nginx serves, or to what it served last, and a
    /// supervised nginx runs on that before any source is read.
    package func recover() async throws(DataPlaneError) -> Recovery {
        do throws(SwapFailure) { return try await takeUp() } catch { throw error.error }
    }

    private func takeUp() async throws(SwapFailure) -> Recovery {
        if let live = liveGeneration, store.isIntact(live) {
            try remember(live)
        } else if let good = state.target(of: state.good), store.isIntact(good) {
            try write { () throws(StateFolderError) in try state.point(state.current, to: good) }
        }
        if let master = runningMaster { return .found(process: master.entry.processIdentifier, liveGeneration) }
        guard try await ensureRunning(), let master = runningMaster, let id = liveGeneration else { return .nothing }
        return .started(process: master.entry.processIdentifier, id)
    }

    /// The generation that the nginx that serves answers for; `nil` where none does.
    package var liveGeneration: String? { status.generation() }

    package func activate(
        _ candidate: Candidate,
        willSetAside: @Sendable (Exclusions, [Diagnostic]) throws -> Void
    ) async throws(DataPlaneError) -> Activation {
        do throws(SwapFailure) {
            // Somebody may have removed it.
            try write { () throws(StateFolderError) in lock = try state.restore(lock) }
            unbound.review(at: .now)
            do throws(SwapFailure) { try await ensureRunning() } catch {
                // It may be what served last that lacks a port now.
                guard note(error.refusal, candidate.translation()) else { throw error }
            }
            return try await activateRunning(candidate, willSetAside)
        } catch {
            throw error.error
        }
    }

    private func activateRunning(
        _ candidate: Candidate,
        _ willSetAside: @Sendable (Exclusions, [Diagnostic]) throws -> Void
    ) async throws(SwapFailure) -> Activation {
        var watch = StepWatch()
        let ports = unbound
        let whole = ports.applied(to: candidate.translation())
        let portFindings = ports.findings(of: candidate.translation())
        if let served, served.configuration == whole.configuration, let result = try update(served, &watch) {
            return Activation(result, of: served.id, whole, portFindings, watch)
        }
        // On another core while the shadow starts: it is wanted only when that has answered.
        async let wholeGeneration = render(whole)
        if served.map({ $0.configuration.differsInLiveFilesAlone(from: whole.configuration) }) ?? true {
            let generation = KnownGeneration(await wholeGeneration, of: whole)
            if let result = try update(generation, &watch) {
                return Activation(result, of: generation.id, whole, portFindings, watch)
            }
        }
        var proof = Proof()
        while true {
            proof = try await prove(candidate, after: proof, &watch)
            guard let all = proof.translation else { throw SwapFailure(.refused(proof.findings)) }
            let proven = unbound.applied(to: all)
            if !proof.exclusions.isEmpty {
                do { try willSetAside(proof.exclusions, proof.findings) } catch {
                    throw SwapFailure(.unwritable(reason: "\(error)"))
                }
            }
            atStep(.proven)
            let start = ContinuousClock.now
            let isWhole = proof.exclusions.isEmpty && unbound == ports
            let generation = isWhole ? await wholeGeneration : await render(proven)
            watch.add(.render, ContinuousClock.now - start)
            let result: Activation.Result
            do throws(SwapFailure) {
                result = try await bringIn(generation, of: proven, &watch)
            } catch {
                if note(error.refusal, proven) { continue }
                // The nginx that serves may be another than the one that proves; what it refuses is traced likewise.
                guard let refusal = error.refusal else { throw error }
                var culprit = Culprit(refusal, in: generation.origins, of: proven.configuration)
                // What goes wrong on the search is no better reason than the first.
                if culprit == nil { culprit = try? await search(candidate, without: proof.exclusions, &watch) }
                guard let culprit,
                    proof.setAside(culprit, because: refusal, of: candidate, limit: prover.bounds.culprits)
                else { throw error }
                continue
            }
            return Activation(
                result,
                generation: generation.id,
                translation: proven,
                exclusions: proof.exclusions,
                findings: proof.findings + unbound.findings(of: all),
                steps: watch.steps
            )
        }
    }

    /// Notes the ports of TCP and UDP for which nginx refuses a generation; returns whether there are any.
    private func note(_ refusal: NginxRefusal?, _ translation: Translation) -> Bool {
        refusal.map { unbound.note($0, of: translation.configuration, at: .now) } ?? false
    }

    @concurrent
    nonisolated func render(_ translation: Translation) async -> Generation {
        renderer.render(translation.configuration)
    }

    func prove(
        _ candidate: Candidate,
        after earlier: Proof,
        _ watch: inout StepWatch
    ) async throws(SwapFailure) -> Proof {
        let start = ContinuousClock.now
        defer { watch.add(.prove, ContinuousClock.now - start) }
        do {
            return try await prover.prove(candidate, after: earlier, since: served?.configuration)
        } catch is CancellationError {
            throw SwapFailure(.cancelled)
        } catch {
            throw SwapFailure(.unproven(reason: "\(error)"))
        }
    }
}

extension Activation {
    /// The outcome for a generation that nginx serves already.
    fileprivate init(
        _ result: Result,
        of generation: String,
        _ translation: Translation,
        _ findings: [Diagnostic],
        _ watch: StepWatch
    ) {
        self.init(
            result,
            generation: generation,
            translation: translation,
            findings: findings,
            steps: watch.steps
        )
    }
}
