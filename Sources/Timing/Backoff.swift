/// Decides how long to wait before trying again, twice as long from failure to failure; holds no clock.
package struct Backoff: Sendable, Hashable {
    package var first: Duration
    package var longest: Duration
    private var failures = 0

    package init(first: Duration = .milliseconds(500), longest: Duration = .seconds(60)) {
        self.first = first
        self.longest = longest
    }

    /// Returns how long to wait after one more failure than so many.
    package func delay(afterFailures count: Int) -> Duration { min(first * (1 << min(count, 20)), longest) }

    /// Returns how long to wait after one more failure.
    ///
    /// - Parameters:
    ///   - retryAfter: What the other side asks for; it is waited for at the least, if it is no more than ten minutes.
    ///   - jitter: From 0 to 1, by chance, so that many clients do not come back at once: 1 waits twice as long as 0.
    package mutating func delay(retryAfter: Duration? = nil, jitter: Double = 0) -> Duration {
        let delay = delay(afterFailures: failures)
        failures += 1
        return max(delay, min(retryAfter ?? .zero, .seconds(600))) * (1 + jitter)
    }

    /// Takes note that something has succeeded.
    package mutating func reset() {
        failures = 0
    }
}
