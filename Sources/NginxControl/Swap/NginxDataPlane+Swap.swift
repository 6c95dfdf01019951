import Controller
import IngressTranslation
import NginxRendering
import ProxyConfiguration

extension NginxDataPlane {
    /// Takes a generation live: by a swap, or in place where nginx serves all of it but its live files.
    func bringIn(
        _ generation: Generation,
        of translation: Translation,
        _ written: WrittenEndpoints,
        _ watch: inout StepWatch
    ) async throws(SwapFailure) -> Activation.Result {
        let known = KnownGeneration(generation, of: translation, written)
        if let result = try update(known, isProven: true, &watch) { return result }
        // An nginx that is started knows nothing.
        let (before, start) = (isNginxRunning ? served : nil, ContinuousClock.now)
        let isLive = try await swap(to: generation, known, &watch)
        let names = noteNames(of: known, after: before, at: start)
        guard isLive else { return .awaitsProxy }
        await awaitQuestions(for: names, since: start)
        return .settled
    }

    /// Replaces the live files of a generation that nginx serves already, where they are others.
    ///
    /// Returns `nil` where nginx serves another generation, or would serve certificates that are not proven yet.
    ///
    /// - Parameter isProven: Whether live files are proven too. There is nothing to prove about passwords.
    func update(
        _ generation: KnownGeneration,
        isProven: Bool,
        _ watch: inout StepWatch
    ) throws(SwapFailure) -> Activation.Result? {
        guard liveGeneration == generation.id, store.isIntact(generation.id) else { return nil }
        let changed = liveFiles.differing(from: generation.liveFiles)
        guard isProven || !changed.contains(where: \.isCertificate) else { return nil }
        try replace(changed, &watch)
        try remember(generation.id)
        served = generation
        return changed.isEmpty ? .unchanged : .replaced(changed.map(\.path))
    }

    private func replace(_ files: [Generation.File], _ watch: inout StepWatch) throws(SwapFailure) {
        guard !files.isEmpty else {
            liveFiles.removeReplacedCertificates()
            return
        }
        try watch.time(.replace) { () throws(SwapFailure) in
            try write { () throws(StateFolderError) in try liveFiles.write(files) }
        }
    }

    /// Stages, points, reloads and settles; returns whether an nginx runs that serves it.
    func swap(
        to generation: Generation,
        _ known: KnownGeneration,
        _ watch: inout StepWatch
    ) async throws(SwapFailure) -> Bool {
        let before = state.target(of: state.good) ?? state.target(of: state.current)
        try watch.time(.stage) { () throws(SwapFailure) in
            try write { () throws(StateFolderError) in
                try store.stage(generation, sharing: before, keeping: kept(beside: before))
            }
        }
        atStep(.staged)
        try replace(liveFiles.differing(from: generation.files), &watch)
        try watch.time(.point) { () throws(SwapFailure) in
            try write { () throws(StateFolderError) in try state.point(state.current, to: generation.id) }
        }
        atStep(.pointed)
        let start = ContinuousClock.now
        do throws(SwapFailure) {
            guard try await makeLive(generation.id) else {
                prune(keeping: before)
                served = known
                return false
            }
        } catch {
            watch.add(.reload, ContinuousClock.now - start)
            await restore(before, insteadOf: generation.id, after: error)
            prune(keeping: before)
            throw error
        }
        watch.add(.reload, ContinuousClock.now - start)
        atStep(.answered)
        try watch.time(.settle) { () throws(SwapFailure) in
            try remember(generation.id)
            atStep(.settled)
            prune(keeping: before)
        }
        served = known
        return true
    }

    /// Removes generations, with their keys, that nothing leads to and that did not serve just before, and the live files
    /// that no other names.
    func prune(keeping before: String?) {
        store.prune(keeping: kept(beside: before))
        liveFiles.prune { store.namedLiveFiles }
    }

    /// The generations that something leads to, and the one that served just before.
    private func kept(beside before: String?) -> Set<String> {
        Set([before, state.target(of: state.current), state.target(of: state.good)].compactMap(\.self))
    }

    /// Notes that nginx answers for a generation, as what to start on after a crash.
    func remember(_ id: String) throws(SwapFailure) {
        try write { () throws(StateFolderError) in
            try state.point(state.current, to: id)
            // Until the folder is written to disk for the next swap, an nginx that has to start finds the same by `current`.
            try state.point(state.good, to: id, lasts: false)
        }
    }

    func write(_ body: () throws(StateFolderError) -> Void) throws(SwapFailure) {
        do throws(StateFolderError) { try body() } catch { throw SwapFailure(.unwritable(reason: "\(error)")) }
    }
}
