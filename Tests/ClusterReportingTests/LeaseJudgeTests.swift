import Foundation
import Testing

@testable import ClusterReporting

@Suite struct LeaseJudgeTests {
    private let start = ContinuousClock.now

    private func spec(_ holder: String?, renewed: String = "then") -> Lease.Spec {
        Lease.Spec(holderIdentity: holder, leaseDurationSeconds: 15, renewTime: renewed)
    }

    @Test(arguments: [nil, ""])
    func `a lease that nobody holds is taken at once`(_ holder: String?) {
        var judge = LeaseJudge(identity: "a")
        #expect(judge.judge(spec(holder), now: start) == .take)
    }

    @Test func `our own lease is renewed, however old it is`() {
        var judge = LeaseJudge(identity: "a")
        #expect(judge.judge(spec("a"), now: start) == .renew)
        #expect(judge.judge(spec("a"), now: start + .seconds(60)) == .renew)
    }

    @Test func `somebody else's lease is over when it was seen unchanged for its duration`() {
        var judge = LeaseJudge(identity: "a")
        #expect(judge.judge(spec("b"), now: start) == .wait(holder: "b"))
        #expect(judge.judge(spec("b"), now: start + .seconds(14)) == .wait(holder: "b"))
        #expect(judge.judge(spec("b"), now: start + .seconds(15)) == .take)
    }

    @Test func `each sign of life begins the time anew, whatever time it tells`() {
        var judge = LeaseJudge(identity: "a")
        #expect(judge.judge(spec("b", renewed: "1970"), now: start) == .wait(holder: "b"))
        #expect(judge.judge(spec("b", renewed: "1971"), now: start + .seconds(14)) == .wait(holder: "b"))
        #expect(judge.judge(spec("b", renewed: "1971"), now: start + .seconds(28)) == .wait(holder: "b"))
        #expect(judge.judge(spec("b", renewed: "1971"), now: start + .seconds(29)) == .take)
    }

    @Test func `times are written to the microsecond`() {
        #expect(MicroTime.text(.init(timeIntervalSince1970: 1_800_000_000.000042)) == "2027-01-15T08:00:00.000042Z")
    }
}
