/// The times of a reflector.
package struct ReflectorPace: Sendable, Hashable {
    package var backoff: Backoff
    /// When to ask anew for what is forbidden: rarely in the end, since it may be meant so.
    ///
    /// Soon at first: an API server that starts forbids everything until it has read the roles.
    package var forbidden: Backoff
    /// How long a watch lasts at the most, by chance, so that those of many clients do not end at once.
    package var watch: ClosedRange<Int>
    /// How long a watch may be silent whose server sends a bookmark each minute.
    package var silence: Duration

    /// - Parameter watch: In seconds.
    package init(
        backoff: Backoff = Backoff(),
        forbidden: Backoff = Backoff(longest: .seconds(60)),
        watch: ClosedRange<Int> = 300...600,
        silence: Duration = .seconds(180)
    ) {
        self.backoff = backoff
        self.forbidden = forbidden
        self.watch = watch
        self.silence = silence
    }
}
