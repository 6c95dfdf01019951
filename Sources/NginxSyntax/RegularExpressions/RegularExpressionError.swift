/// Why a text is no regular expression.
package struct RegularExpressionError: Error, Hashable, CustomStringConvertible {
    /// In the words of PCRE2.
    package let message: String
    /// The byte of the pattern where the error shows.
    package let offset: Int

    package var description: String { "\(message) at offset \(offset)" }

    static let unprintable = RegularExpressionError(
        message: "control characters, or more than \(ArgumentForm.longestForm) bytes when quoted",
        offset: 0
    )
}
