import Timing

/// Decides what a reflector does next; holds no clock and no task.
struct ReflectorSchedule: Sendable {
    /// How a watch, or a list, has ended.
    enum Outcome: Sendable {
        /// The server has ended the watch in good order.
        case ended(after: Duration)
        case failed(APIError)
    }

    /// The next step.
    struct Step: Sendable, Hashable {
        var delay: Duration
        /// Whether what is known is too old, or too doubtful, to watch from.
        var listsAnew: Bool
    }

    private let pace: ReflectorPace
    private var backoff: Backoff
    private var forbidden: Backoff
    /// The failures since something was last learnt.
    private var failures = 0

    /// After so many failures in a row the fault may lie in what is watched from.
    private static let patience = 3

    init(_ pace: ReflectorPace) {
        self.pace = pace
        backoff = pace.backoff
        forbidden = pace.forbidden
    }

    /// Takes note that a list or an event has come.
    mutating func progress() {
        failures = 0
        backoff.reset()
        forbidden.reset()
    }

    /// Returns `nil` where the API no longer has the resource.
    ///
    /// - Parameter jitter: From 0 to 1, by chance.
    mutating func step(after outcome: Outcome, jitter: Double) -> Step? {
        switch outcome {
        case .ended(let time):
            // A server that ends each watch at once is not to be asked without rest.
            if time < .seconds(1) { return fail(listsAnew: false, jitter) }
            progress()
            return Step(delay: .zero, listsAnew: false)
        case .failed(let error):
            return step(after: error, jitter: jitter)
        }
    }

    private mutating func step(after error: APIError, jitter: Double) -> Step? {
        switch error {
        case .notFound:
            return nil
        case .gone:
            let isFirst = failures == 0
            let step = fail(listsAnew: true, jitter)
            return isFirst ? Step(delay: .zero, listsAnew: true) : step
        case .forbidden:
            failures += 1
            return Step(delay: forbidden.delay(jitter: jitter), listsAnew: true)
        case .unreachable, .timedOut, .untrusted, .unusable, .unauthorized, .tooManyRequests, .server, .cancelled:
            return fail(error.retryAfter, listsAnew: false, jitter)
        case .conflict, .invalid, .unexpected, .tooLarge:
            return fail(listsAnew: failures + 1 >= Self.patience, jitter)
        }
    }

    private mutating func fail(_ retryAfter: Duration? = nil, listsAnew: Bool, _ jitter: Double) -> Step {
        failures += 1
        return Step(delay: backoff.delay(retryAfter: retryAfter, jitter: jitter), listsAnew: listsAnew)
    }
}
