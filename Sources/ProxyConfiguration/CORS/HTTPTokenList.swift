/// Methods, or names of headers, as a header lists them: `GET, PUT`.
package struct HTTPTokenList: Sendable, Hashable {
    /// Letters, digits and characters of tokens, with commas between; empty for no token.
    package let text: String

    /// No token.
    package init() { text = "" }

    /// - Parameter separator: `", "`, or without the space.
    ///
    /// Returns `nil` where the text has more than 2,000 bytes, which is more than clients need take.
    package init?(_ tokens: [HTTPToken], separator: Separator = .commaAndSpace) {
        text = tokens.map(\.value).joined(separator: separator.rawValue)
        if text.utf8.count > 2_000 { return nil }
    }

    package enum Separator: String, Sendable {
        case comma = ","
        case commaAndSpace = ", "
    }

    package var isEmpty: Bool { text.isEmpty }
}

/// A method, or the name of a header ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#name-tokens)), or `*`.
package struct HTTPToken: Sendable, Hashable {
    package let value: String

    /// Returns `nil` for an empty text, and for one with another character than letters, digits, `-`, `_`, `.` and `*`.
    ///
    /// A token may hold some more, which no method or header in use does.
    package init?(_ value: String) {
        guard !value.isEmpty, value.utf8.allSatisfy(Self.isTokenByte) else { return nil }
        self.value = value
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: "*"):
            true
        default: false
        }
    }
}
