/// Decides when to try again what failed; holds no clock and no task.
package struct RetrySchedule: Sendable, Hashable {
    private let firstDelay: Duration
    private let longestDelay: Duration
    private var failures = 0

    package init(firstDelay: Duration = .milliseconds(500), longestDelay: Duration = .seconds(60)) {
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// Returns how long to wait before trying the same input again, or `nil` to wait for a change.
    package mutating func delay(after error: DataPlaneError?) -> Duration? {
        guard let error, error.mayPass else {
            failures = 0
            return nil
        }
        failures += 1
        return min(firstDelay * (1 << min(failures - 1, 16)), longestDelay)
    }
}
