/// Decides how closely culprits are looked for: less so the longer it takes, because everybody waits meanwhile.
///
/// It holds no clock.
struct CulpritSearch: Sendable, Hashable {
    /// The extent to which objects are set aside with a culprit.
    enum Reach: Sendable, Hashable {
        /// The object alone.
        case object
        /// The changed objects of its namespace.
        case namespace
        /// Whatever has changed.
        case everything
    }

    private let time: Duration
    private var longestAttempt = Duration.zero

    private let attempts: Int

    init(_ bounds: ProofBounds) {
        time = bounds.search
        attempts = bounds.attempts
    }

    /// Notes how long one attempt took, which tells how large the configuration is.
    mutating func note(attempt duration: Duration) {
        longestAttempt = max(longestAttempt, duration)
    }

    /// - Parameter elapsed: How long ago the search began.
    func reach(after elapsed: Duration) -> Reach {
        let limit = max(time, longestAttempt * attempts)
        if elapsed < limit { return .object }
        return elapsed < limit * 2 ? .namespace : .everything
    }
}
