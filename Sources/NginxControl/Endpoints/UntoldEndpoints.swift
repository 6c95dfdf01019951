import ProxyConfiguration

/// The names that nginx has to ask for anew: they are new to it, or have other addresses; holds no clock.
struct UntoldEndpoints: Sendable {
    typealias Instant = ContinuousClock.Instant

    private var since: [EndpointGroup: Instant] = [:]

    var isEmpty: Bool { since.isEmpty }

    /// Notes names of which nginx has not heard.
    mutating func note(_ names: some Sequence<EndpointGroup>, at now: Instant) {
        for name in names where since[name] == nil { since[name] = now }
    }

    /// Forgets the names that nginx does not know.
    mutating func keep(_ known: Set<EndpointGroup>) { since = since.filter { known.contains($0.key) } }

    /// Returns the names that nginx does not ask for though it should have, and forgets those that it has heard of.
    ///
    /// - Parameter silence: How long it may be silent.
    mutating func overdue(
        at now: Instant,
        after silence: Duration,
        _ answers: some EndpointAnswers
    ) -> Set<EndpointGroup> {
        guard let first = since.values.min() else { return [] }
        let untold = answers.untold(of: since.keys, since: first)
        since = since.filter { untold.contains($0.key) }
        return Set(since.filter { name, start in now - (answers.lastQuestion(for: name) ?? start) > silence }.keys)
    }
}
