/// How fast UDP answers follow each other.
///
/// When nginx starts it sends the questions of all its names in one go, and reads no answer meanwhile: each of its
/// sockets, of which it has one for each address of the server, holds some 250, and what comes beyond is lost until it
/// asks again. So answers to a crowd of questions wait until the crowd has passed, and then come in portions that nginx
/// has time to read. As it asks for a name a whole number of seconds after the answer, its next questions come as far
/// apart as the answers did: the answers to a crowd are spread over most of the second that nginx waits for them, and it
/// asks evenly from then on. Where the machine is busy that second may have begun long before its questions are read.
package struct AnswerPace: Sendable, Hashable {
    /// How many answers may come at once.
    package var atOnce = 128
    /// How many may come at once by each address, where that is more in all.
    package var atOnceByAddress = 32
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
    /// How old a question may be that is answered.
    ///
    /// nginx takes a name for unknown after a second, and asks again one second later. An answer that comes in between
    /// it keeps, and uses instead of that question; one to a question that it has put again it writes into its log.
    package var age = Duration.milliseconds(1_900)

    package init() {}
}

/// Keeps the pace: how many answers may go out by now.
struct AnswerAllowance: Sendable, Hashable {
    private let pace: AnswerPace
    private let most: Int
    private(set) var left: Int
    private var time: ContinuousClock.Instant
    private var questions = 0
    private var demand = QuestionDemand()
    /// Since when nothing has been added because of a crowd.
    private var crowdSince: ContinuousClock.Instant?
    /// When the first of the questions came since which there were always some that waited.
    private var waitingSince: ContinuousClock.Instant?

    init(_ pace: AnswerPace, addresses: Int = 1, now: ContinuousClock.Instant) {
        self.pace = pace
        most = max(pace.atOnce, pace.atOnceByAddress * addresses)
        left = most
        time = now
    }

    mutating func noteQuestion() { questions += 1 }

    mutating func take() -> Bool {
        guard left > 0 else { return false }
        left -= 1
        return true
    }

    /// Questions that wait, the oldest of which came at a time.
    struct Waiting: Sendable, Hashable {
        var count: Int
        var since: ContinuousClock.Instant
    }

    /// Adds what the time since the last call allows where there are so many names.
    mutating func renew(now: ContinuousClock.Instant, names: Int, waiting: Waiting? = nil) {
        waitingSince = waiting.map { waitingSince ?? $0.since }
        let milliseconds = Int((now - time) / .milliseconds(1))
        guard milliseconds > 0 else { return }
        let isCrowd = questions > pace.crowd * milliseconds
        time = now
        demand.note(questions, at: now)
        questions = 0
        if isCrowd, left < most {
            let since = crowdSince ?? now
            crowdSince = since
            guard now - since > pace.patience else { return }
        } else {
            crowdSince = nil
        }
        let usual = rate(of: max(names, demand.most), within: pace.spread)
        // Those that have waited since then have less time left.
        let end = (waitingSince ?? now) + pace.spread
        let rate = max(usual, rate(of: waiting?.count ?? 0, within: end - now))
        // A clock that was not looked at for long must not make the product too large.
        left = min(most, left + min(milliseconds, most) * rate)
    }

    /// How many answers may come in each millisecond for so many to be given in time.
    private func rate(of count: Int, within time: Duration) -> Int {
        let milliseconds = max(1, Int(time / .milliseconds(1)))
        let wanted = (count + milliseconds - 1) / milliseconds
        return min(max(wanted, pace.perMillisecond.lowerBound), pace.perMillisecond.upperBound)
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
