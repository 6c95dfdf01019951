/// How fast UDP answers follow each other.
///
/// When nginx starts it sends the questions of all its names in one go, and reads no answer meanwhile: its socket holds
/// some 250, and what comes beyond is lost until it asks again a second later. So answers to a crowd of questions wait
/// until the crowd has passed, and then come in portions that nginx has time to read. As it asks for a name a second
/// after the answer, its next questions come as far apart as the answers did.
package struct AnswerPace: Sendable, Hashable {
    /// How many answers may come at once.
    package var atOnce = 128
    /// How many more may come in each millisecond.
    package var perMillisecond = 48
    /// How many questions in a millisecond are a crowd.
    package var crowd = 64
    /// How long a crowd is waited for.
    package var patience = Duration.milliseconds(100)
    /// How many questions may wait.
    package var waiting = 1 << 16

    package init() {}
}

/// Keeps the pace: how many answers may go out by now.
struct AnswerAllowance: Sendable, Hashable {
    private let pace: AnswerPace
    private(set) var left: Int
    private var time: ContinuousClock.Instant
    private var questions = 0
    /// Since when nothing has been added because of a crowd.
    private var crowdSince: ContinuousClock.Instant?

    init(_ pace: AnswerPace, now: ContinuousClock.Instant) {
        self.pace = pace
        left = pace.atOnce
        time = now
    }

    mutating func noteQuestion() { questions += 1 }

    mutating func take() -> Bool {
        guard left > 0 else { return false }
        left -= 1
        return true
    }

    /// Adds what the time since the last call allows.
    mutating func renew(now: ContinuousClock.Instant) {
        let milliseconds = Int((now - time) / .milliseconds(1))
        guard milliseconds > 0 else { return }
        let isCrowd = questions > pace.crowd * milliseconds
        time = now
        questions = 0
        if isCrowd, left < pace.atOnce {
            let since = crowdSince ?? now
            crowdSince = since
            guard now - since > pace.patience else { return }
        } else {
            crowdSince = nil
        }
        // A clock that was not looked at for long must not make the product too large.
        left = min(pace.atOnce, left + min(milliseconds, pace.atOnce) * pace.perMillisecond)
    }
}
