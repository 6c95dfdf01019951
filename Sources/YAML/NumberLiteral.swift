/// Tells numbers from text that only begins like one, such as `10.0.0.1` or `2026-01-01`.
enum NumberLiteral {
    /// Returns the value of a plain scalar without its underscores.
    static func meaning(of text: [UInt8]) -> Scalar.Meaning {
        let sign = text.first.flatMap { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") ? $0 : nil }
        let digits = sign == nil ? text[...] : text.dropFirst()
        guard !digits.isEmpty else { return .string }
        if let radix = radix(of: digits) {
            let offset = radix == 8 && !isLetterO(digits.dropFirst().first) ? 1 : 2
            if let integer = integer(digits.dropFirst(offset), radix: radix, sign: sign) { return integer }
        } else if digits.allSatisfy(isDigit) {
            return integer(digits, radix: 10, sign: sign) ?? .float
        }
        return isDecimal(digits) ? .float : .string
    }

    private static func radix(of digits: ArraySlice<UInt8>) -> Int? {
        guard digits.count > 1, digits.first == UInt8(ascii: "0"), let second = digits.dropFirst().first else {
            return nil
        }
        switch second {
        case UInt8(ascii: "x"), UInt8(ascii: "X"): return 16
        case UInt8(ascii: "b"), UInt8(ascii: "B"): return 2
        case UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "0")...UInt8(ascii: "7"): return 8
        default: return nil
        }
    }

    /// Returns `nil` when `digits` are not all of that radix, `.float` when they are too many for an `Int`.
    private static func integer(_ digits: ArraySlice<UInt8>, radix: Int, sign: UInt8?) -> Scalar.Meaning? {
        guard !digits.isEmpty else { return nil }
        var total = 0
        var overflows = false
        for byte in digits {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix else { return nil }
            let (product, tooLarge) = total.multipliedReportingOverflow(by: radix)
            let (sum, tooLargeToo) = product.addingReportingOverflow(digit)
            overflows = overflows || tooLarge || tooLargeToo
            total = sum
        }
        guard !overflows else { return .float }
        return .integer(sign == UInt8(ascii: "-") ? -total : total)
    }

    /// Whether `text` is `1.5`, `.5`, `1.`, `1e3` and the like.
    private static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
        let whole = text.prefix(while: isDigit)
        var rest = text.dropFirst(whole.count)
        var hasDigits = !whole.isEmpty
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
            hasDigits = hasDigits || !fraction.isEmpty
        }
        guard hasDigits else { return false }
        guard let exponent = rest.first else { return true }
        guard exponent == UInt8(ascii: "e") || exponent == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isLetterO(_ byte: UInt8?) -> Bool {
        byte == UInt8(ascii: "o") || byte == UInt8(ascii: "O")
    }
}
