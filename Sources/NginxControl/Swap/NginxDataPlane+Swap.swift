import Controller
import NginxRendering

extension NginxDataPlane {
    /// Stages, points, reloads and settles; returns whether an nginx runs that serves it.
    func swap(to generation: Generation, _ watch: inout StepWatch) async throws(SwapFailure) -> Bool {
        let before = state.target(of: state.good) ?? state.target(of: state.current)
        try watch.time(.stage) { () throws(SwapFailure) in
            try write { () throws(StateFolderError) in try store.stage(generation, sharing: before) }
        }
        atStep(.staged)
        try watch.time(.point) { () throws(SwapFailure) in
            try write { () throws(StateFolderError) in try state.point(state.current, to: generation.id) }
        }
        atStep(.pointed)
        let start = ContinuousClock.now
        do throws(SwapFailure) {
            guard try await makeLive(generation.id) else {
                prune(keeping: before)
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
        return true
    }

    /// Removes generations, with their keys, that nothing leads to and that did not serve just before.
    func prune(keeping before: String?) {
        store.prune(
            keeping: Set([before, state.target(of: state.current), state.target(of: state.good)].compactMap(\.self))
        )
    }

    /// Notes that nginx answers for a generation, as what to start on after a crash.
    func remember(_ id: String) throws(SwapFailure) {
        try write { () throws(StateFolderError) in
            try state.point(state.current, to: id)
            try state.point(state.good, to: id)
        }
    }

    func write(_ body: () throws(StateFolderError) -> Void) throws(SwapFailure) {
        do throws(StateFolderError) { try body() } catch { throw SwapFailure(.unwritable(reason: "\(error)")) }
    }
}
