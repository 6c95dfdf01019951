/// How fast UDP answers follow each other.
///
/// When nginx starts it sends the questions of all its names in one go, and reads no answer meanwhile: its socket holds
/// some 250, and what comes beyond is lost until it asks again a second later. So answers to a crowd of questions wait
/// until the crowd has passed, and then come in portions that nginx has time to read. As it asks for a name a whole
/// number of seconds after the answer, its next questions come as far apart as the answers did: the answers to a crowd are
/// spread over most of the second that nginx waits for them, and it asks evenly from then on. A machine that is busy
/// has no time for all of them at once, and what comes too late is asked again, all of it.
package struct AnswerPace: Sendable, Hashable {
    /// How many answers may come at once.
    package var atOnce = 128
    /// Over how long the answers to all questions of a second are spread.
    package var spread = Duration.milliseconds(800)
    /// How many more may come in each millisecond, from few questions to very many.
    package var perMillisecond = 8...48
    /// How many questions in a millisecond are a crowd.
    package var crowd = 64
    /// How long a crowd is waited for.
    package var patience = Duration.milliseconds(100)
    /// How many questions may wait.
    package var waiting = 1 << 16
    /// How long a question may wait: nginx would not take the answer any more, and has asked again.
    package var age = Duration.milliseconds(950)

    package init() {}

    /// How many answers may come in each millisecond where there are so many questions in a second.
    func perMillisecond(questions: Int) -> Int {
        let milliseconds = max(1, Int(spread / .milliseconds(1)))
        let wanted = (questions + milliseconds - 1) / milliseconds
        return min(max(wanted, perMillisecond.lowerBound), perMillisecond.upperBound)
    }
}

/// Keeps the pace: how many answers may go out by now.
struct AnswerAllowance: Sendable, Hashable {
    private let pace: AnswerPace
    private(set) var left: Int
    private var time: ContinuousClock.Instant
    private var questions = 0
    private var demand = QuestionDemand()
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

    /// Adds what the time since the last call allows where there are so many names.
    mutating func renew(now: ContinuousClock.Instant, names: Int) {
        let milliseconds = Int((now - time) / .milliseconds(1))
        guard milliseconds > 0 else { return }
        let isCrowd = questions > pace.crowd * milliseconds
        time = now
        demand.note(questions, at: now)
        questions = 0
        if isCrowd, left < pace.atOnce {
            let since = crowdSince ?? now
            crowdSince = since
            guard now - since > pace.patience else { return }
        } else {
            crowdSince = nil
        }
        let rate = pace.perMillisecond(questions: max(names, demand.most))
        // A clock that was not looked at for long must not make the product too large.
        left = min(pace.atOnce, left + min(milliseconds, pace.atOnce) * rate)
    }
}

/// How many questions come in a second: workers that still serve requests of an earlier generation ask too.
private struct QuestionDemand: Sendable, Hashable {
    private var now = 0
    private var before = 0
    private var start: ContinuousClock.Instant?

    var most: Int { max(now, before) }

    mutating func note(_ questions: Int, at time: ContinuousClock.Instant) {
        if let start, time - start < .seconds(1) {
            now += questions
        } else {
            (before, now, start) = (now, questions, time)
        }
    }
}
