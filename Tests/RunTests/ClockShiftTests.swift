import Daemon
import Testing

struct ClockShiftTests {
    /// A machine that started at some time, after so many seconds.
    private func times(_ seconds: Double, ahead: Double = 0) -> (wall: Duration, steady: Duration) {
        (.seconds(1_800_000_000 + seconds + ahead), .seconds(seconds))
    }

    private func note(_ shift: inout ClockShift, _ seconds: Double, ahead: Double = 0) -> Bool {
        let (wall, steady) = times(seconds, ahead: ahead)
        return shift.note(wall: wall, steady: steady)
    }

    @Test(arguments: [-86_400.0, -2, 2, 86_400])
    func `a clock that is set is noticed, once`(ahead: Double) {
        var shift = ClockShift()
        #expect([note(&shift, 0), note(&shift, 1)] == [false, false])
        #expect(note(&shift, 2, ahead: ahead))
        #expect(!note(&shift, 3, ahead: ahead))
        #expect(note(&shift, 4))
    }

    @Test func `a clock that is led along is not taken for one that was set`() {
        var shift = ClockShift()
        for second in 0..<1_000 {
            #expect(!note(&shift, Double(second), ahead: Double(second) * 0.000_5))
        }
    }
}
