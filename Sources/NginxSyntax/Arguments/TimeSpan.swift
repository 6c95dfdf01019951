/// A length of time: `500ms`, `30s`, `5m`, `1h`.
package struct TimeSpan: DirectiveArgument, Comparable, CustomStringConvertible {
    package static var kind: ArgumentKind { .duration }

    package let milliseconds: Int

    /// A time that cannot be negative or too long.
    package init(seconds: UInt16) {
        milliseconds = Int(seconds) * 1_000
    }

    /// Returns `nil` for a negative time.
    package init?(milliseconds: Int) {
        guard milliseconds >= 0 else { return nil }
        self.milliseconds = milliseconds
    }

    /// Returns `nil` for a negative time, and for one of more than 292 million years.
    package init?(seconds: Int) {
        let (milliseconds, overflows) = seconds.multipliedReportingOverflow(by: 1_000)
        guard !overflows else { return nil }
        self.init(milliseconds: milliseconds)
    }

    /// Reads a time as nginx writes it: `90`, `90s`, `500ms`, `1h30m`, `1d 12h`; a number without a unit is seconds.
    ///
    /// Units stand in falling order, each once.
    package init?(_ text: String) {
        var rest = Substring(text)
        var total = 0
        var smallest = Int.max
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            guard let (count, unit) = Self.takeComponent(&rest), unit < smallest else { return nil }
            let (part, overflows) = count.multipliedReportingOverflow(by: unit)
            let (sum, sumOverflows) = total.addingReportingOverflow(part)
            guard !overflows, !sumOverflows else { return nil }
            (total, smallest) = (sum, unit)
        }
        self.milliseconds = total
    }

    /// In the largest unit, up to hours, that divides it.
    package var description: String {
        switch milliseconds {
        case 0: "0s"
        case _ where milliseconds.isMultiple(of: 3_600_000): "\(milliseconds / 3_600_000)h"
        case _ where milliseconds.isMultiple(of: 60_000): "\(milliseconds / 60_000)m"
        case _ where milliseconds.isMultiple(of: 1_000): "\(milliseconds / 1_000)s"
        default: "\(milliseconds)ms"
        }
    }

    package func write(to output: inout [UInt8]) { output.append(contentsOf: description.utf8) }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// nginx's units in milliseconds; `M` is a month.
    private static let units: [Substring: Int] = [
        "ms": 1, "": 1_000, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000,
        "M": 2_592_000_000, "y": 31_536_000_000,
    ]

    private static func takeComponent(_ rest: inout Substring) -> (count: Int, unit: Int)? {
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        let letters = rest.dropFirst(digits.count).prefix { $0.isASCII && $0.isLetter }
        guard let count = Int(digits), let unit = units[letters] else { return nil }
        rest = rest.dropFirst(digits.count + letters.count)
        let spaces = rest.prefix { $0 == " " }
        rest = rest.dropFirst(spaces.count)
        return spaces.isEmpty || !rest.isEmpty ? (count, unit) : nil
    }
}
