import Testing
import Timing

struct BackoffTests {
    @Test func `waits twice as long after each failure, up to a limit`() {
        var backoff = Backoff(first: .seconds(1), longest: .seconds(5))
        #expect((0..<4).map { _ in backoff.delay() } == [.seconds(1), .seconds(2), .seconds(4), .seconds(5)])
        #expect(backoff.delay(jitter: 1) == .seconds(10))
        backoff.reset()
        #expect(backoff.delay() == .seconds(1))
    }

    @Test func `waits as long as it is asked to, but not for ever`() {
        var backoff = Backoff(first: .seconds(1), longest: .seconds(5))
        #expect(backoff.delay(retryAfter: .seconds(60)) == .seconds(60))
        #expect(backoff.delay(retryAfter: .seconds(86_400)) == .seconds(600))
        #expect(backoff.delay(retryAfter: .milliseconds(1)) == .seconds(4))
    }

    @Test func `never waits less after more failures, however many there are`() {
        let backoff = Backoff(first: .milliseconds(1), longest: .seconds(3600))
        let delays = (0...200).map { backoff.delay(afterFailures: $0) }
        #expect(zip(delays, delays.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(delays.first == .milliseconds(1) && delays.allSatisfy { $0 <= .seconds(3600) })
    }
}
