/// How long to wait before trying again, longer from failure to failure; holds no clock.
package struct Backoff: Sendable, Hashable {
    package var first: Duration
    package var longest: Duration
    private var failures = 0

    /// An API server that comes back is noticed within 20 seconds: few clients wait for it, and one of them is in the
    /// way of traffic.
    package init(first: Duration = .milliseconds(500), longest: Duration = .seconds(10)) {
        self.first = first
        self.longest = longest
    }

    /// Returns how long to wait after one more failure.
    ///
    /// - Parameters:
    ///   - retryAfter: What the server asks for; it is waited for at the least, if it is no more than ten minutes.
    ///   - jitter: From 0 to 1, by chance, so that many clients do not come back at once: 1 waits twice as long as 0.
    package mutating func delay(retryAfter: Duration? = nil, jitter: Double) -> Duration {
        let delay = min(first * (1 << min(failures, 20)), longest)
        failures += 1
        return max(delay, min(retryAfter ?? .zero, .seconds(600))) * (1 + jitter)
    }

    /// Takes note that something has succeeded.
    package mutating func reset() {
        failures = 0
    }
}
