/// Allows a burst, and then so many per time; holds no clock.
struct TokenBucket: Sendable, Hashable {
    private let burst: Double
    private let interval: Duration
    private var tokens: Double
    private var filled: ContinuousClock.Instant

    /// - Parameter interval: The time after which one more is allowed.
    init(burst: Int, interval: Duration, now: ContinuousClock.Instant) {
        self.burst = Double(burst)
        self.interval = interval
        tokens = Double(burst)
        filled = now
    }

    /// Takes a token; returns `false` where none is left.
    mutating func take(now: ContinuousClock.Instant) -> Bool {
        tokens = min(burst, tokens + (now - filled) / interval)
        filled = now
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }

    /// Whether it is as full as it can be, so that it need not be remembered.
    func isFull(now: ContinuousClock.Instant) -> Bool {
        tokens + (now - filled) / interval >= burst
    }
}
