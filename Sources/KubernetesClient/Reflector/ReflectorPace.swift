package import Timing

/// The times of a reflector.
package struct ReflectorPace: Sendable, Hashable {
    /// When to ask again after other failures.
    package var backoff: Backoff
    /// When to ask anew for what is forbidden: rarely in the end, since it may be meant so.
    ///
    /// Soon at first: an API server that starts forbids everything until it has read the roles.
    package var forbidden: Backoff
    /// How long a watch lasts at the most, by chance, so that those of many clients do not end at once.
    package var watch: ClosedRange<Int>
    /// How long a watch may be silent whose server sends a bookmark each minute.
    package var silence: Duration

    /// An API server that comes back is noticed within 20 seconds: few clients wait for it, and one of them is in the
    /// way of traffic.
    ///
    /// - Parameter watch: In seconds.
    package init(
        backoff: Backoff = Backoff(longest: .seconds(10)),
        forbidden: Backoff = Backoff(),
        watch: ClosedRange<Int> = 300...600,
        silence: Duration = .seconds(180)
    ) {
        self.backoff = backoff
        self.forbidden = forbidden
        self.watch = watch
        self.silence = silence
    }
}
