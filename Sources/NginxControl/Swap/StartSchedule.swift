import Timing

/// Decides when an nginx that keeps ending may be started again; holds no clock.
struct StartSchedule: Sendable, Hashable {
    private var starts = 0

    /// How long an nginx must have run for its end to be the first again.
    private static let lasting: Duration = .seconds(60)
    private static let backoff = Backoff(longest: .seconds(30))

    /// How much longer to wait; `nil` when it may be started.
    ///
    /// - Parameter elapsed: How long ago the last start was; `nil` before the first.
    mutating func wait(sinceLastStart elapsed: Duration?) -> Duration? {
        guard let elapsed, elapsed < Self.lasting else {
            starts = 0
            return nil
        }
        // The first end is met with a start at once: nobody waits longer for an accident than need be.
        guard starts > 1 else { return nil }
        let wait = Self.backoff.delay(afterFailures: starts - 2) - elapsed
        return wait > .zero ? wait : nil
    }

    /// Notes that nginx is started.
    mutating func start() { starts += 1 }
}
