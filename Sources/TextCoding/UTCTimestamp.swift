/// A moment in seconds since 1970 that prints as RFC 3339 in UTC.
package struct UTCTimestamp: Sendable, Hashable, CustomStringConvertible {
    package let seconds: Int64

    package init(_ seconds: Int64) {
        self.seconds = seconds
    }

    /// Returns `nil` for a date that no calendar has; second 60 counts as the first of the next minute.
    package init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
        guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return nil }
        seconds = Int64(((date.daysSince1970 * 24 + hour) * 60 + minute) * 60 + second)
    }

    /// `2026-01-31T12:00:00Z`.
    package var description: String { "\(text)Z" }

    /// With six digits of a fraction, as Leases have it; `2026-01-31T12:00:00.000042Z`.
    package func description(microseconds: Int) -> String { "\(text).\(microseconds.padded(6))Z" }

    private var text: String {
        let days = Int(seconds).floorDivided(by: 86_400)
        let second = Int(seconds) - days * 86_400
        let date = CalendarDate(daysSince1970: days)
        return "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))"
            + "T\((second / 3600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))"
    }
}

extension Int {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
