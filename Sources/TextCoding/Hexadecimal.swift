extension Sequence<UInt8> {
    /// Two lower-case digits for each byte.
    @inlinable
    public var hexadecimal: String {
        var text: [UInt8] = []
        text.reserveCapacity(2 * underestimatedCount)
        for byte in self {
            text.append((byte >> 4).hexadecimalDigit(uppercase: false))
            text.append((byte & 15).hexadecimalDigit(uppercase: false))
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UInt64 {
    /// Sixteen lower-case digits.
    @inlinable
    public var hexadecimal: String {
        (0..<8).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }.hexadecimal
    }
}

extension UInt8 {
    /// The value of the byte as an ASCII digit of either case, from 0 to 15; `nil` for any other byte.
    @inlinable
    public var hexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The ASCII digit of a value from 0 to 15.
    @inlinable
    public func hexadecimalDigit(uppercase: Bool) -> UInt8 {
        precondition(self < 16, "\(self) is no value of one digit")
        return self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: uppercase ? "A" : "a") + self - 10
    }
}
