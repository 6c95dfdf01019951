/// RFC 3339 times, such as `2026-01-31T12:00:00Z` or `2026-01-31T13:00:00.5+01:00`.
enum Timestamp {
    /// Seconds since 1970, without the fraction.
    static func seconds(_ text: String) -> Int64? {
        var rest = text.utf8[...]
        guard let year = number(&rest, digits: 4), take("-", &rest), let month = number(&rest, digits: 2),
            take("-", &rest), let day = number(&rest, digits: 2), take("T", &rest) || take("t", &rest),
            let hour = number(&rest, digits: 2), take(":", &rest), let minute = number(&rest, digits: 2),
            take(":", &rest), let second = number(&rest, digits: 2)
        else { return nil }
        guard (1...12).contains(month), (1...daysInMonth(month, year)).contains(day) else { return nil }
        guard hour < 24, minute < 60, second <= 60, skipFraction(&rest) else { return nil }
        guard let offset = offset(&rest), rest.isEmpty else { return nil }
        return days(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
    }

    private static func number(_ text: inout Substring.UTF8View, digits: Int) -> Int64? {
        guard text.count >= digits else { return nil }
        var value: Int64 = 0
        for byte in text.prefix(digits) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        text = text.dropFirst(digits)
        return value
    }

    private static func take(_ character: Unicode.Scalar, _ text: inout Substring.UTF8View) -> Bool {
        guard let first = text.first, UInt32(first) == character.value else { return false }
        text = text.dropFirst()
        return true
    }

    private static func skipFraction(_ text: inout Substring.UTF8View) -> Bool {
        guard take(".", &text) else { return true }
        let digits = text.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        text = text.dropFirst(digits.count)
        return !digits.isEmpty
    }

    /// The seconds that local time is ahead of UTC.
    private static func offset(_ text: inout Substring.UTF8View) -> Int64? {
        if take("Z", &text) || take("z", &text) { return 0 }
        let isBehind = text.first == UInt8(ascii: "-")
        guard take("+", &text) || take("-", &text) else { return nil }
        guard let hours = number(&text, digits: 2), take(":", &text), let minutes = number(&text, digits: 2) else {
            return nil
        }
        guard hours < 24, minutes < 60 else { return nil }
        return (hours * 3_600 + minutes * 60) * (isBehind ? -1 : 1)
    }

    private static func isLeap(_ year: Int64) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func daysInMonth(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970 in the Gregorian calendar.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let earlier = year - 1
        var days = year * 365 - 1970 * 365 + earlier / 4 - earlier / 100 + earlier / 400 - (1969 / 4 - 19 + 4)
        for past in 1..<month { days += daysInMonth(past, year) }
        return days + day - 1
    }
}
