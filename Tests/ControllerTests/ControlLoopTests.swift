import Controller
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ControlLoopTests {
    private static func report(_ outcome: Result<Activation.Result, DataPlaneError>) async throws -> ReconcileReport {
        let plane = RecordingDataPlane()
        if case .failure(let error) = outcome { plane.fail(with: error) }
        return await Reconciler(plane).reconcile(Site.reading(["a.example": "/1"]), try Site.settings())
    }

    /// When the loop has reconciled.
    private final class Times: Sendable {
        private let times = Mutex<[ContinuousClock.Instant]>([])

        var all: [ContinuousClock.Instant] { times.withLock { $0 } }

        /// Returns how many there are with this one.
        func add() -> Int {
            times.withLock { times in
                times.append(.now)
                return times.count
            }
        }
    }

    /// Runs a loop whose reconciles have these outcomes, the last one for good, while `body` runs.
    private func run(
        _ outcomes: [Result<Activation.Result, DataPlaneError>],
        syncPeriod: Duration = .zero,
        announced: Times = Times(),
        body: (ChangeSignal, Times) async throws -> Void
    ) async throws {
        var made: [ReconcileReport] = []
        for outcome in outcomes { made.append(try await Self.report(outcome)) }
        let (reports, signal, times) = (made, ChangeSignal(), Times())
        let loop = ControlLoop(
            window: GatheringWindow(rest: .milliseconds(30), longest: .milliseconds(300)),
            pace: ReloadPace(least: syncPeriod)
        )
        let running = Task {
            await loop.run(signal, announce: { _ = announced.add() }) { reports[min(times.add(), reports.count) - 1] }
        }
        defer { running.cancel() }
        try await body(signal, times)
    }

    @Test func `a burst of changes makes one reconcile`() async throws {
        try await run([.success(.unchanged)]) { signal, times in
            for _ in 0..<100 { signal.raise() }
            try await eventually("a reconcile") { times.all.count == 1 }
            signal.raise()
            try await eventually("another") { times.all.count == 2 }
        }
    }

    @Test func `constant change does not keep it from reconciling`() async throws {
        try await run([.success(.unchanged)]) { signal, times in
            try await eventually("reconciles") {
                signal.raise()
                return times.all.count >= 2
            }
        }
    }

    @Test func `what failed is tried again without a change`() async throws {
        try await run([.failure(.proxyDied), .success(.settled)]) { signal, times in
            signal.raise()
            try await eventually("a second reconcile") { times.all.count == 2 }
        }
    }

    @Test func `the proxy is left in peace for the sync period`() async throws {
        try await run([.success(.settled)], syncPeriod: .milliseconds(400)) { signal, times in
            signal.raise()
            try await eventually("a reconcile") { times.all.count == 1 }
            signal.raise()
            try await eventually("another") { times.all.count == 2 }
            #expect(times.all[1] - times.all[0] >= .milliseconds(400))
        }
    }

    @Test func `what takes no reload is announced while the proxy is left in peace`() async throws {
        let announced = Times()
        // Far longer than the test takes.
        try await run([.success(.settled)], syncPeriod: .seconds(3_600), announced: announced) { signal, times in
            signal.raise()
            try await eventually("a reconcile") { times.all.count == 1 }
            #expect(announced.all.isEmpty)
            for count in 1...3 {
                signal.raise()
                try await eventually("an announcement") { announced.all.count == count }
            }
            #expect(times.all.count == 1)
        }
    }
}
