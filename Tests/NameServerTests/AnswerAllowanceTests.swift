@testable import NameServer
import Testing

/// The pace of answers, by a clock that stands still until it is moved.
struct AnswerAllowanceTests {
    private let start = ContinuousClock.now

    @Test func `so many come at once, and more with time`() {
        var allowance = AnswerAllowance(AnswerPace(), now: start)
        #expect(take(from: &allowance) == 128)
        allowance.renew(now: start + .microseconds(900), names: 100_000)
        #expect(take(from: &allowance) == 0)
        allowance.renew(now: start + .milliseconds(2), names: 100_000)
        #expect(take(from: &allowance) == 96)
        allowance.renew(now: start + .seconds(3_600), names: 100_000)
        #expect(take(from: &allowance) == 128)
    }

    @Test func `while a crowd comes nobody else is answered, but not for ever`() {
        var allowance = AnswerAllowance(AnswerPace(), now: start)
        #expect(take(from: &allowance) == 128)
        var answered: [Int] = []
        for millisecond in 1...200 {
            for _ in 0..<100 { allowance.noteQuestion() }
            allowance.renew(now: start + .milliseconds(millisecond), names: 1_000)
            if take(from: &allowance) > 0 { answered.append(millisecond) }
        }
        #expect(answered.first == 102)
        // Once its time is up it is answered as fast as any.
        #expect(answered.count == 99)
    }

    @Test func `when the crowd has passed it is answered`() {
        var allowance = AnswerAllowance(AnswerPace(), now: start)
        #expect(take(from: &allowance) == 128)
        for _ in 0..<1_000 { allowance.noteQuestion() }
        allowance.renew(now: start + .milliseconds(1), names: 1_000)
        #expect(take(from: &allowance) == 0)
        allowance.renew(now: start + .milliseconds(2), names: 1_000)
        #expect(take(from: &allowance) == 8)
    }

    @Test(arguments: [1_000, 5_000, 10_000, 30_000])
    func `a crowd that asks for all names is answered within the second that nginx waits`(names: Int) {
        var allowance = AnswerAllowance(AnswerPace(), now: start)
        var answered = take(from: &allowance)
        var millisecond = 0
        while answered < names {
            millisecond += 1
            allowance.renew(now: start + .milliseconds(millisecond), names: names)
            answered += take(from: &allowance)
        }
        #expect(millisecond <= 800)
        // Where there are very many it takes most of it: they are asked for evenly from then on.
        #expect(names < 5_000 || millisecond > 600)
    }

    @Test func `with more addresses more come at once`() {
        var allowance = AnswerAllowance(AnswerPace(), addresses: 64, now: start)
        #expect(take(from: &allowance) == 2_048)
        allowance = AnswerAllowance(AnswerPace(), addresses: 4, now: start)
        #expect(take(from: &allowance) == 128)
    }

    @Test func `what has waited since before it was read is answered so much sooner`() {
        for (waited, answered) in [(0, 13), (400, 26), (700, 48), (5_000, 48)] {
            var allowance = AnswerAllowance(AnswerPace(), addresses: 64, now: start)
            _ = take(from: &allowance)
            let waiting = AnswerAllowance.Waiting(count: 10_000, since: start - .milliseconds(waited))
            allowance.renew(now: start + .milliseconds(1), names: 1_000, waiting: waiting)
            #expect(take(from: &allowance) == answered)
        }
    }

    @Test func `as many are answered as ask, though there are fewer names`() {
        var allowance = AnswerAllowance(AnswerPace(), now: start)
        var waiting = 0
        for millisecond in 1...4_000 {
            for _ in 0..<30 { allowance.noteQuestion() }
            waiting += 30
            allowance.renew(now: start + .milliseconds(millisecond), names: 5_000)
            while waiting > 0, allowance.take() { waiting -= 1 }
        }
        #expect(waiting < 60)
    }

    private func take(from allowance: inout AnswerAllowance) -> Int {
        var count = 0
        while allowance.take() { count += 1 }
        return count
    }
}
