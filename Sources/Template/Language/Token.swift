/// A stretch of a template's text: what is copied, or what is between braces.
struct Token: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// Text of at most one line, with its line break.
        case text
        /// `{{ … }}`
        case hole
        /// `{% … %}`
        case tag
        /// `{# … #}`
        case comment
    }

    var kind: Kind
    /// All of it, braces included.
    var range: Range<Int>
    /// Text that is the first thing on a line of the output.
    var startsLine = false
    /// For a tag that has its line for itself: the column it starts at, counted from 0.
    var indentation: Int?

    /// The range between the braces.
    var content: Range<Int> { range.lowerBound + 2..<max(range.lowerBound + 2, range.upperBound - 2) }
}
