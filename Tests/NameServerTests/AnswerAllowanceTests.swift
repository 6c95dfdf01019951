@testable import NameServer
import Testing

/// The pace of answers, by a clock that stands still until it is moved.
struct AnswerAllowanceTests {
    private let start = ContinuousClock.now

    @Test func `so many come at once, and more with time`() {
        var allowance = AnswerAllowance(AnswerPace(), now: start)
        #expect(take(from: &allowance) == 128)
        allowance.renew(now: start + .microseconds(900))
        #expect(take(from: &allowance) == 0)
        allowance.renew(now: start + .milliseconds(2))
        #expect(take(from: &allowance) == 96)
        allowance.renew(now: start + .seconds(3_600))
        #expect(take(from: &allowance) == 128)
    }

    @Test func `while a crowd comes nobody else is answered, but not for ever`() {
        var allowance = AnswerAllowance(AnswerPace(), now: start)
        #expect(take(from: &allowance) == 128)
        var answered: [Int] = []
        for millisecond in 1...200 {
            for _ in 0..<100 { allowance.noteQuestion() }
            allowance.renew(now: start + .milliseconds(millisecond))
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
        allowance.renew(now: start + .milliseconds(1))
        #expect(take(from: &allowance) == 0)
        allowance.renew(now: start + .milliseconds(2))
        #expect(take(from: &allowance) == 48)
    }

    private func take(from allowance: inout AnswerAllowance) -> Int {
        var count = 0
        while allowance.take() { count += 1 }
        return count
    }
}
