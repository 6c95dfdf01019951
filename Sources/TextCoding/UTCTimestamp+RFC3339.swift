extension UTCTimestamp {
    /// Reads an RFC 3339 time, such as `2026-01-31T12:00:00Z` or `2026-01-31T13:00:00.5+01:00`, without its fraction.
    package init?(rfc3339 text: String) {
        var reader = TimeReader(rest: text.utf8[...])
        guard let year = reader.number(ofDigits: 4), reader.take("-"), let month = reader.number(ofDigits: 2),
            reader.take("-"), let day = reader.number(ofDigits: 2), reader.take("T") || reader.take("t"),
            let hour = reader.number(ofDigits: 2), reader.take(":"), let minute = reader.number(ofDigits: 2),
            reader.take(":"), let second = reader.number(ofDigits: 2), reader.skipFraction(),
            let distance = reader.distanceFromUTC(), reader.rest.isEmpty,
            let local = Self(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        else { return nil }
        self.init(local.seconds - distance)
    }
}

private struct TimeReader {
    var rest: Substring.UTF8View

    mutating func number(ofDigits count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(Self.isDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Returns `false` where a point is followed by no digit.
    mutating func skipFraction() -> Bool {
        guard take(".") else { return true }
        let digits = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(digits.count)
        return !digits.isEmpty
    }

    /// The seconds that local time is ahead of UTC.
    mutating func distanceFromUTC() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isBehind = rest.first == UInt8(ascii: "-")
        guard take("+") || take("-") else { return nil }
        guard let hours = number(ofDigits: 2), take(":"), let minutes = number(ofDigits: 2) else { return nil }
        guard hours < 24, minutes < 60 else { return nil }
        return Int64(hours * 3_600 + minutes * 60) * (isBehind ? -1 : 1)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
