/// A day of the Gregorian calendar, which is taken to have held at all times.
struct CalendarDate: Sendable, Hashable {
    let year: Int
    let month: Int
    let day: Int

    /// Returns `nil` for a day that no calendar has, and for years before 0 and after 9999.
    init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month) else { return nil }
        guard (1...Self.days(inMonth: month, of: year)).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// - Parameter days: The days since 1970, negative before.
    init(daysSince1970 days: Int) {
        var rest = days + Self.days(beforeYear: 1970)
        var year = rest.floorDivided(by: 366)
        while Self.days(beforeYear: year + 1) <= rest { year += 1 }
        rest -= Self.days(beforeYear: year)
        var month = 1
        while rest >= Self.days(inMonth: month, of: year) {
            rest -= Self.days(inMonth: month, of: year)
            month += 1
        }
        self.year = year
        self.month = month
        day = rest + 1
    }

    var daysSince1970: Int {
        let months = (1..<month).reduce(0) { $0 + Self.days(inMonth: $1, of: year) }
        return Self.days(beforeYear: year) - Self.days(beforeYear: 1970) + months + day - 1
    }

    /// The days from the first of January of year 0 to that of `year`, which may be negative.
    private static func days(beforeYear year: Int) -> Int {
        let last = year - 1
        return 365 * year + last.floorDivided(by: 4) - last.floorDivided(by: 100) + last.floorDivided(by: 400)
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension Int {
    func floorDivided(by divisor: Int) -> Int { self / divisor - (self % divisor < 0 ? 1 : 0) }
}
