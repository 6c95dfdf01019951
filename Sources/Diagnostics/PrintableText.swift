/// A text from outside that may stand anywhere on a line that people, terminals and programs read.
///
/// Holding one is proof that it is one line of bounded length without anything that hides, moves or colours what stands
/// around it: everything of that kind is written as `\u{…}`. Nor does it hold what systems that run builds take for a
/// command to them.
package struct PrintableText: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// How many characters a text has at the most that stands for itself.
    package static let longest = 4_000
    /// How many of a text are shown that is quoted within another.
    package static let longestExcerpt = 200

    package let text: String

    /// Escapes what does not print; of a longer text than `limit` the end is left out, and a `…` says so.
    package init(_ text: some StringProtocol, limit: Int = Self.longest) {
        self.text = Self.isPlain(text.utf8, limit) ? String(text) : Self.escaped(text.unicodeScalars, limit)
    }

    package var description: String { text }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }

    /// Whether a text can stay as it is by a look at its bytes, as nearly all can.
    private static func isPlain(_ bytes: some Sequence<UInt8>, _ limit: Int) -> Bool {
        var count = 0
        var last: UInt8 = 0
        for byte in bytes {
            guard byte >= 0x20, byte < 0x7F, count < limit else { return false }
            if byte == last, byte == UInt8(ascii: "#") || byte == UInt8(ascii: ":") { return false }
            last = byte
            count += 1
        }
        return true
    }

    private static func escaped(_ scalars: some Collection<Unicode.Scalar>, _ limit: Int) -> String {
        var result = String.UnicodeScalarView()
        var reading = Reading()
        var count = 0
        for scalar in scalars {
            let part = reading.isPrinted(scalar) ? nil : scalar.hexadecimalEscape.unicodeScalars
            // The last place is for the sign that more followed.
            guard count + (part?.count ?? 1) < limit else {
                result.append("…")
                break
            }
            count += part?.count ?? 1
            if let part { result.append(contentsOf: part) } else { result.append(scalar) }
        }
        return String(result)
    }

    /// The state after a part of a text, as far as it decides about what follows.
    private struct Reading {
        private var last: Unicode.Scalar?
        /// How many marks in a row were put on one letter.
        private var marks = 0
        private var isAtStart = true

        mutating func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
            defer {
                last = scalar
                if scalar != " ", scalar != ":" { isAtStart = false }
            }
            marks = scalar.isMark ? marks + 1 : 0
            // Marks in heaps cover the lines around, and one without a letter joins what stands before the text.
            if scalar.isMark, marks > 3 || last == nil { return false }
            // `::error …` at a line's start, `##[error]` and `##vso[…]` anywhere are commands to those who run builds.
            if scalar == "#", last == "#" { return false }
            if scalar == ":", last == ":", isAtStart { return false }
            return scalar.prints
        }
    }
}

extension StringProtocol {
    /// The text as it may stand on any line; see ``PrintableText``.
    package var printable: String { PrintableText(self).text }

    /// The beginning of the text, to be quoted within another.
    package var excerpt: String { PrintableText(self, limit: PrintableText.longestExcerpt).text }
}

extension Unicode.Scalar {
    /// `\u{1b}`.
    package var hexadecimalEscape: String { "\\u{\(String(value, radix: 16))}" }

    fileprivate var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark: true
        default: false
        }
    }

    /// Whether it shows as what it is, wherever it stands.
    package var prints: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        // All but one of them look like the usual one, like none, or like several.
        case .spaceSeparator: self == " "
        // Letters of no width, and a pattern of no dots.
        default: !properties.isDefaultIgnorableCodePoint && value != 0x2800
        }
    }
}
