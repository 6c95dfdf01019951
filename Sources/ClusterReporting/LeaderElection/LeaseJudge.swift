/// Decides what to do about a lease, by how it looked from time to time; holds no clock.
///
/// A lease is over when it was seen unchanged for its whole duration: what the clocks of other machines say does not
/// count, as in client-go.
struct LeaseJudge: Sendable {
    typealias Instant = ContinuousClock.Instant

    enum Verdict: Hashable {
        /// Nobody leads: take the lease.
        case take
        /// It is ours already: say that we are alive.
        case renew
        /// Somebody else leads.
        case wait(holder: String)
    }

    let identity: String
    private var seen: (spec: Lease.Spec, at: Instant)?

    init(identity: String) {
        self.identity = identity
    }

    mutating func judge(_ spec: Lease.Spec, now: Instant) -> Verdict {
        if seen?.spec != spec { seen = (spec, now) }
        guard let holder = spec.holder else { return .take }
        if holder == identity { return .renew }
        let duration = Duration.seconds(spec.leaseDurationSeconds ?? 0)
        let isOver = seen.map { $0.at + duration <= now } ?? false
        return isOver ? .take : .wait(holder: holder)
    }
}
