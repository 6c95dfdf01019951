/// The name of an nginx variable without its `$`, or the number of a capture.
package struct VariableName: Sendable, Hashable, CustomStringConvertible {
    package let value: String

    /// Returns `nil` unless `value` is a digit from 1 to 9, or letters, digits and `_` that start with no digit.
    package init?(_ value: String) {
        guard let first = value.utf8.first, value.utf8.allSatisfy(Self.isNameByte) else { return nil }
        let startsWithDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        // nginx reads `$12` as the first capture and a 2, and knows no `$0`.
        guard !startsWithDigit || (value.utf8.count == 1 && first != UInt8(ascii: "0")) else { return nil }
        self.value = value
    }

    /// A name of our own.
    ///
    /// - Precondition: The literal is a name.
    package init(known literal: StaticString) {
        guard let name = VariableName("\(literal)") else { preconditionFailure("'\(literal)' is no variable") }
        self = name
    }

    /// A name of our own for one of many values, told apart by their hashes: `cors_0c9x2kq7ab81f_origin`.
    ///
    /// - Precondition: The literals make a name.
    package init(known prefix: StaticString, hashes: UInt64..., suffix: StaticString) {
        let digits = hashes.map { hash in
            let digits = String(hash, radix: 36)
            return String(repeating: "0", count: 13 - digits.utf8.count) + digits
        }
        let text = (["\(prefix)"] + digits + ["\(suffix)"]).joined(separator: "_")
        guard let name = VariableName(text) else { preconditionFailure("'\(text)' is no variable") }
        self = name
    }

    /// A name of our own for one of several values, told apart by their numbers: `uri_part07`.
    ///
    /// - Parameter digits: How many the number has at the least.
    /// - Precondition: The literal begins a name, and the number is not negative.
    package init(known prefix: StaticString, number: Int, digits: Int = 1) {
        let text = "\(number)"
        let zeros = String(repeating: "0", count: max(0, digits - text.utf8.count))
        guard number >= 0, let name = VariableName("\(prefix)\(zeros)\(text)") else {
            preconditionFailure("'\(prefix)\(text)' is no variable")
        }
        self = name
    }

    /// A name of letters, digits and `_` behind a letter.
    init(unchecked value: String) { self.value = value }

    package var isCapture: Bool {
        value.utf8.first.map { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) } ?? false
    }

    /// `$name`.
    package var description: String { "$\(value)" }

    package static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension VariableName {
    /// The variable that stands for the dollar sign itself.
    static let dollar = VariableName(known: "dollar")
    package static let host = VariableName(known: "host")
    package static let https = VariableName(known: "https")
    package static let requestURI = VariableName(known: "request_uri")
    package static let scheme = VariableName(known: "scheme")
}
