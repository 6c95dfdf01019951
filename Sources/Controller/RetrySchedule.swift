package import Timing

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
