package import Controller
package import Diagnostics
package import IngressTranslation
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
    /// The nginx that was asked last by its control API, where its processes are not to be seen.
    var knownRemote: NginxControlAPI?
    var lastLook: ContinuousClock.Instant?
    /// The number of the nginx that ran last, which may have workers though it is gone.
    private(set) var latest: Int32?
    /// The ports of TCP and UDP that are left out because another process has them.
    var unbound = UnboundPorts()
    /// What an nginx has said that somebody else starts, while none runs.
    var foreignStarts: ForeignStarts
    /// The hosts whose TLS is passed on no more.
    var retiring = RetiringPassthrough()
    var starts = StartSchedule()
    /// Whether nginx is started with its control API.
    var servesControlAPI: Bool
    /// Why the control API of an nginx was not used; `nil` where it was, or there is none.
    var controlTrouble: ControlTrouble?
    /// Answers nginx when it asks for endpoints; `nil` where it does not.
    let answers: (any EndpointAnswers)?
    /// The addresses that it is answered with.
    var book: EndpointBook
    /// What it does not know of them yet.
    var untold = UntoldEndpoints()
    /// How many names have got other addresses that nobody has been told of.
    var endpointChanges = 0
    /// When nginx was last found not to ask.
    var lastSilence: ContinuousClock.Instant?
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
        answers: (any EndpointAnswers)? = nil,
        atStep: @escaping @Sendable (SwapPoint) -> Void = { _ in }
    ) throws {
        lock = try state.open()
        self.state = state
        self.settings = settings
        self.prover = prover
        self.renderer = RememberingRenderer(renderer)
        self.atStep = atStep
        servesControlAPI = renderer.capabilities.hasControlAPI
        let workers = WorkerGroup(of: renderer.capabilities)
        store = GenerationStore(state: state, workers: workers, atStep: atStep)
        liveFiles = LiveFiles(state: state, workers: workers, atStep: atStep)
        status = StatusClient(socket: settings.statusSocket)
        self.answers = answers
        // Until the source is read an nginx gets what it would have got before.
        book = EndpointBook(answers == nil ? [:] : EndpointFile(state: state).read(), at: .now)
        if !book.addresses.isEmpty { answers?.answer(book.addresses, for: book.lifetime) }
        foreignStarts = ForeignStarts(of: state)
        try state.prepareSockets(for: workers)
        // An nginx that somebody else starts may have its control API there too.
        _ = state.prepareControl()
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
        if let master = runningMaster { return found(master, serving: liveGeneration) }
        if remoteNginx != nil { return .found(process: nil, liveGeneration, hasControlAPI: true) }
        guard try await ensureRunning(), let master = runningMaster, let id = liveGeneration else { return .nothing }
        let hasControlAPI = controlAPI(of: master) != nil
        return .started(process: master.entry.processIdentifier, id, hasControlAPI: hasControlAPI)
    }

    private func found(_ master: NginxMaster, serving id: String?) -> Recovery {
        .found(process: master.entry.processIdentifier, id, hasControlAPI: controlAPI(of: master) != nil)
    }

    /// The generation that the nginx that serves answers for; `nil` where none does.
    package var liveGeneration: String? { status.generation() }

    package func activate(
        _ candidate: Candidate,
        willSetAside: @Sendable (Exclusions, [Diagnostic]) throws -> Void
    ) async throws(DataPlaneError) -> Activation {
        do throws(SwapFailure) {
            // Somebody may have removed it.
            try write { () throws(StateFolderError) in
                lock = try state.restore(lock)
                try state.prepareSockets(for: store.workers)
            }
            unbound.review(at: .now)
            do throws(SwapFailure) { try await ensureRunning() } catch {
                // It may be what served last that lacks a port now.
                guard note(error.refusal, candidate.translation()) else { throw error }
            }
            // Its next start must find a configuration that it can take.
            if let refusal = foreignStarts.take(), !isNginxRunning { _ = note(refusal, candidate.translation()) }
            return try await activateRunning(candidate, willSetAside)
        } catch {
            throw error.error
        }
    }

    package func announce(_ translation: Translation) { publish(translation.endpoints) }

    private func activateRunning(
        _ candidate: Candidate,
        _ willSetAside: @Sendable (Exclusions, [Diagnostic]) throws -> Void
    ) async throws(SwapFailure) -> Activation {
        var watch = StepWatch()
        let ports = unbound
        retiring.note(from: served?.configuration, to: candidate.translation().configuration, at: .now)
        let whole = retiring.applied(to: ports.applied(to: candidate.translation()))
        let portFindings = ports.findings(of: candidate.translation())
        publish(whole.endpoints)
        let isKnown = servesEndpoints(of: whole)
        if let served, served.configuration == whole.configuration, isKnown,
            let result = try update(served, isProven: true, &watch)
        {
            return activation(result, whole, portFindings, watch)
        }
        // On another core while the shadow starts: it is wanted only when that has answered.
        async let wholeGeneration = render(whole)
        if isKnown, served.map({ $0.configuration.differsInPasswordsAlone(from: whole.configuration) }) ?? true,
            let result = try update(await written(whole, await wholeGeneration), isProven: false, &watch)
        {
            return activation(result, whole, portFindings, watch)
        }
        var proof = Proof()
        // Where nginx has to start on it there is none that would serve on with what it has.
        var provesWhole = !isNginxRunning
        while true {
            let earlier = proof
            proof = try await prove(candidate, after: earlier, whole: provesWhole, &watch)
            guard let all = proof.translation else { throw SwapFailure(.refused(proof.findings)) }
            let proven = retiring.applied(to: unbound.applied(to: all))
            if !proof.exclusions.isEmpty {
                do { try willSetAside(proof.exclusions, proof.findings) } catch {
                    throw SwapFailure(.unwritable(reason: "\(error)"))
                }
            }
            atStep(.proven)
            let start = ContinuousClock.now
            let isWhole = proof.exclusions.isEmpty && unbound == ports
            let written = writtenEndpoints(of: proven)
            let generation = isWhole && written.isEmpty ? await wholeGeneration : await render(proven, written)
            watch.add(.render, ContinuousClock.now - start)
            // Of what is set aside an older form may serve, which has other endpoints.
            if !isWhole { publish(proven.endpoints) }
            let result: Activation.Result
            do throws(SwapFailure) { result = try await bringIn(generation, of: proven, written, &watch) } catch {
                if note(error.refusal, proven) { continue }
                // Something of the part does not go with the rest: a shadow that reads all of it finds out what.
                if proof.isOfPart, error.refusal != nil {
                    (proof, provesWhole) = (earlier, true)
                    continue
                }
                // The nginx that serves may be another than the one that proves; what it refuses is traced likewise.
                guard let refusal = error.refusal else { throw error }
                var culprit = Culprit(refusal, in: generation.origins, of: proven.configuration)
                // What goes wrong on the search is no better reason than the first. A port that another process has is nobody's
                // fault, and whatever a search left out when it becomes free would be blamed.
                if culprit == nil, refusal.unbound.isEmpty {
                    culprit = try? await search(candidate, without: proof.exclusions, &watch)
                }
                guard let culprit,
                    proof.setAside(culprit, because: refusal, of: candidate, limit: prover.bounds.culprits)
                else { throw error }
                continue
            }
            var activation = activation(result, proven, proof.findings + unbound.findings(of: all), watch)
            activation.exclusions = proof.exclusions
            return activation
        }
    }

    /// Notes the ports of TCP and UDP for which nginx refuses a generation; returns whether there are any.
    private func note(_ refusal: NginxRefusal?, _ translation: Translation) -> Bool {
        refusal.map { unbound.note($0, of: translation.configuration, at: .now) } ?? false
    }

    @concurrent
    nonisolated func render(
        _ translation: Translation,
        _ written: WrittenEndpoints = WrittenEndpoints()
    ) async -> Generation {
        renderer.render(written.written(in: translation.configuration))
    }

    /// The outcome for a translation that nginx serves.
    private func activation(
        _ result: Activation.Result,
        _ translation: Translation,
        _ findings: [Diagnostic],
        _ watch: StepWatch
    ) -> Activation {
        var activation = Activation(
            result,
            generation: served?.id ?? "",
            translation: translation,
            findings: findings + endpointFindings + (controlTrouble.map { [$0.finding] } ?? []),
            steps: watch.steps
        )
        activation.endpointChanges = takeEndpointChanges()
        return activation
    }

    private static let manyRequests = 2_000

    func prove(
        _ candidate: Candidate,
        after earlier: Proof,
        whole: Bool = true,
        _ watch: inout StepWatch
    ) async throws(SwapFailure) -> Proof {
        let start = ContinuousClock.now
        defer { watch.add(.prove, ContinuousClock.now - start) }
        do {
            let proof = try await prover.prove(
                candidate,
                after: earlier,
                since: served?.configuration,
                whole: whole
            )
            // For its time, a proof of very many hosts takes as much memory as all that stays.
            if proof.requestCount >= Self.manyRequests { OwnProcess.returnMemory() }
            return proof
        } catch is CancellationError {
            throw SwapFailure(.cancelled)
        } catch {
            throw SwapFailure(.unproven(reason: Launching.words(for: error)))
        }
    }
}
