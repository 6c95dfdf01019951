import SwiftASN1
import TextCoding

extension ASN1Node {
    /// Reads a UTCTime or a GeneralizedTime as seconds since 1970.
    ///
    /// As OpenSSL does, it allows what BER allows: no seconds, fractions of a second, a distance from UTC.
    func time() throws(Unreadable) -> Int64 {
        guard case .primitive(let bytes) = content,
            let time = TimeReader(text: bytes, hasCentury: identifier == .generalizedTime).time(),
            identifier == .generalizedTime || identifier == .utcTime
        else { throw Unreadable("its validity is malformed") }
        return time
    }
}

/// Reads `[YY]YYMMDDhhmm[ss[.f]](Z|+hhmm|-hhmm)`.
private struct TimeReader {
    var text: ArraySlice<UInt8>
    let hasCentury: Bool

    func time() -> Int64? {
        var reader = self
        guard let year = reader.year(), let month = reader.pair(), let day = reader.pair(),
            let hour = reader.pair(), let minute = reader.pair()
        else { return nil }
        let second = reader.pair() ?? 0
        reader.skipFraction()
        guard let distance = reader.distanceFromUTC(), reader.text.isEmpty else { return nil }
        let local = UTCTimestamp(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        return local.map { $0.seconds - distance }
    }

    /// Two digits mean a year from 1950 to 2049.
    private mutating func year() -> Int? {
        guard let first = pair() else { return nil }
        guard hasCentury else { return first < 50 ? 2000 + first : 1900 + first }
        return pair().map { first * 100 + $0 }
    }

    private mutating func pair() -> Int? {
        let digits = text.prefix(2)
        guard digits.count == 2, digits.allSatisfy(Self.isDigit) else { return nil }
        text = text.dropFirst(2)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    private mutating func skipFraction() {
        guard hasCentury, text.first == UInt8(ascii: ".") else { return }
        text = text.dropFirst().drop(while: Self.isDigit)
    }

    /// In seconds.
    private mutating func distanceFromUTC() -> Int64? {
        switch text.popFirst() {
        case UInt8(ascii: "Z"): return 0
        case UInt8(ascii: "+"): return pair().flatMap { hours in pair().map { Int64(hours * 60 + $0) * 60 } }
        case UInt8(ascii: "-"): return pair().flatMap { hours in pair().map { Int64(hours * 60 + $0) * -60 } }
        default: return nil
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
