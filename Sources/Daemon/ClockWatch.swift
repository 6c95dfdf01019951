import Foundation

/// Notices when somebody sets the clock: certificates may be valid then that were not, and the other way.
struct ClockWatch: Sendable {
    /// How often the clock is looked at.
    var interval = Duration.seconds(1)

    /// Calls `onChange` whenever the clock was set, until the task is cancelled.
    func run(onChange: @Sendable () -> Void) async {
        let start = ContinuousClock.now
        var shift = ClockShift()
        repeat {
            let wall = Duration.seconds(Date().timeIntervalSince1970)
            if shift.note(wall: wall, steady: ContinuousClock.now - start) { onChange() }
        } while (try? await Task.sleep(for: interval)) != nil
    }
}

/// Decides whether the clock was set, by comparing it with one that nobody sets; holds no clock.
package struct ClockShift: Sendable, Hashable {
    /// How far the clock was ahead when it was last found to be set.
    private var difference: Duration?

    /// A clock that is only led, as by NTP, gains or loses less in a long time.
    private static let tolerance = Duration.seconds(1)

    package init() {}

    /// Returns whether the clock was set since it was noted first, or since it was last found to be set.
    package mutating func note(wall: Duration, steady: Duration) -> Bool {
        let now = wall - steady
        guard let difference else {
            self.difference = now
            return false
        }
        guard max(now - difference, difference - now) > Self.tolerance else { return false }
        self.difference = now
        return true
    }
}
