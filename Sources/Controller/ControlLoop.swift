package import Timing

/// Reconciles whenever something may have changed, one time after another.
package struct ControlLoop: Sendable {
    private let window: GatheringWindow
    private let pace: ReloadPace

    package init(window: GatheringWindow = GatheringWindow(), pace: ReloadPace) {
        self.window = window
        self.pace = pace
    }

    /// Runs until the task is cancelled.
    ///
    /// A reconcile under way ends first: it is the one that is being cancelled. What failed is tried again by itself.
    ///
    /// - Parameters:
    ///   - announce: Called while the proxy is left in peace, for what it learns without a reload; `nil` where that is
    ///     nothing.
    ///   - reconcile: Returns `nil` where there is nothing to go by yet.
    package func run(
        _ signal: ChangeSignal,
        announce: (() async -> Void)? = nil,
        reconcile: () async -> ReconcileReport?
    ) async {
        let clock = ContinuousClock()
        var retries = RetrySchedule()
        var earliest = clock.now
        // Until when it is known that there is something to reconcile.
        var awaited: ContinuousClock.Instant?
        await withDiscardingTaskGroup { group in
            while await signal.wait(gathering: window) {
                if clock.now < earliest {
                    await announce?()
                    if awaited != earliest {
                        awaited = earliest
                        group.addTask { [earliest] in
                            guard (try? await clock.sleep(until: earliest, tolerance: .zero)) != nil else { return }
                            signal.raise()
                        }
                    }
                    continue
                }
                guard let report = await reconcile() else { continue }
                if case .success(.settled) = report.outcome { earliest = clock.now + pace.pause(after: report.steps) }
                guard let delay = retries.delay(after: report.outcome.error) else { continue }
                group.addTask {
                    guard (try? await clock.sleep(for: delay)) != nil else { return }
                    signal.raise()
                }
            }
            group.cancelAll()
        }
    }
}

extension Result {
    fileprivate var error: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}

/// Decides when to try again what failed; holds no clock and no task.
package struct RetrySchedule: Sendable, Hashable {
    private var backoff: Backoff

    package init(_ backoff: Backoff = Backoff()) {
        self.backoff = backoff
    }

    /// Returns how long to wait before trying the same input again, or `nil` to wait for a change.
    package mutating func delay(after error: DataPlaneError?) -> Duration? {
        guard let error, error.mayPass else {
            backoff.reset()
            return nil
        }
        return backoff.delay()
    }
}
