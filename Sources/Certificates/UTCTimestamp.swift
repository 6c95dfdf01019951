/// A moment in seconds since 1970 that prints as RFC 3339 in UTC.
struct UTCTimestamp: Sendable, Hashable, CustomStringConvertible {
    let seconds: Int64

    init(_ seconds: Int64) {
        self.seconds = seconds
    }

    /// Returns `nil` for a date that no calendar has; second 60 counts as the first of the next minute.
    init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int) {
        guard (0...9999).contains(year), (1...12).contains(month) else { return nil }
        guard (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
        guard (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second) else { return nil }
        let months = (1..<month).reduce(0) { $0 + Self.days(inMonth: $1, of: year) }
        let days = Self.days(beforeYear: year) - Self.days(beforeYear: 1970) + months + day - 1
        seconds = Int64(((days * 24 + hour) * 60 + minute) * 60 + second)
    }

    var description: String {
        let (day, second) = (seconds.floorDivided(by: 86400), Int(seconds.floorRemainder(by: 86400)))
        var days = Int(day) + Self.days(beforeYear: 1970)
        var year = Int(Int64(days).floorDivided(by: 366))
        while Self.days(beforeYear: year + 1) <= days { year += 1 }
        days -= Self.days(beforeYear: year)
        var month = 1
        while days >= Self.days(inMonth: month, of: year) {
            days -= Self.days(inMonth: month, of: year)
            month += 1
        }
        let date = "\(year.padded(4))-\(month.padded(2))-\((days + 1).padded(2))"
        return "\(date)T\((second / 3600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))Z"
    }

    /// The days from the first of January of year 0 to that of `year`, which may be negative.
    private static func days(beforeYear year: Int) -> Int {
        let last = Int64(year) - 1
        let leapDays = last.floorDivided(by: 4) - last.floorDivided(by: 100) + last.floorDivided(by: 400)
        return 365 * year + Int(leapDays)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        self / divisor - (self % divisor < 0 ? 1 : 0)
    }

    fileprivate func floorRemainder(by divisor: Int64) -> Int64 {
        self - floorDivided(by: divisor) * divisor
    }
}

extension Int {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
