import Controller
import Testing
import Timing

struct ScheduleTests {
    @Test func `a change waits until changes rest`() {
        let window = GatheringWindow(rest: .milliseconds(20), longest: .milliseconds(500))
        #expect(window.wait(sinceFirst: .zero, sinceLast: .zero) == .milliseconds(20))
        #expect(window.wait(sinceFirst: .milliseconds(100), sinceLast: .milliseconds(5)) == .milliseconds(15))
        #expect(window.wait(sinceFirst: .milliseconds(100), sinceLast: .milliseconds(20)) == nil)
    }

    @Test func `changes that never rest are acted upon all the same`() {
        let window = GatheringWindow(rest: .milliseconds(20), longest: .milliseconds(500))
        #expect(window.wait(sinceFirst: .milliseconds(490), sinceLast: .zero) == .milliseconds(10))
        #expect(window.wait(sinceFirst: .milliseconds(500), sinceLast: .zero) == nil)
    }

    @Test func `what fails is tried again, less and less often`() {
        var schedule = RetrySchedule(Backoff(first: .seconds(1), longest: .seconds(5)))
        let outcomes: [DataPlaneError?] = [.proxyDied, .proxyDied, .proxyDied, .proxyDied, .proxyDied, nil, .proxyDied]
        let delays = outcomes.map { schedule.delay(after: $0) }
        #expect(delays == [.seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5), nil, .seconds(1)])
    }

    @Test func `what the proxy refuses waits for a change`() {
        var schedule = RetrySchedule()
        let delay = schedule.delay(after: .refused([]))
        #expect(delay == nil)
    }
}
