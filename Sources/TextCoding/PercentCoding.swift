extension Sequence<UInt8> {
    /// The bytes with a `%XX`, in upper case, in place of each that `isEscaped` picks.
    @inlinable
    public func percentEncoded(where isEscaped: (UInt8) -> Bool) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(underestimatedCount)
        for byte in self {
            guard isEscaped(byte) else {
                encoded.append(byte)
                continue
            }
            encoded.append(UInt8(ascii: "%"))
            encoded.append((byte >> 4).hexadecimalDigit(uppercase: true))
            encoded.append((byte & 15).hexadecimalDigit(uppercase: true))
        }
        return encoded
    }

    /// The bytes with each `%XX` replaced by the byte that it stands for; `nil` where a `%` begins no escape.
    @inlinable
    public var percentDecoded: [UInt8]? {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(underestimatedCount)
        var rest = makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.next()?.hexadecimalValue, let low = rest.next()?.hexadecimalValue else { return nil }
            decoded.append(high << 4 | low)
        }
        return decoded
    }
}

extension String {
    /// The text as one segment of a path or one value of a query: all but the unreserved characters is escaped.
    @inlinable
    public var percentEncoded: String {
        String(decoding: utf8.percentEncoded { !$0.isUnreserved }, as: UTF8.self)
    }
}

extension UInt8 {
    /// Whether the byte is a letter, a digit or one of `-._~`, which no part of a URL needs to escape.
    @inlinable
    public var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
