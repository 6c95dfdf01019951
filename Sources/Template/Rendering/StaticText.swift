/// Text of a template as it is copied to the output, indentation included.
struct StaticText: Sendable {
    /// How its first byte meets what was written before.
    enum Opening: Sendable {
        /// It is the first thing on a line; `closesBlock` says that the line begins with `}`.
        case line(closesBlock: Bool)
        /// It goes on with a line after a hole.
        case word
        /// It goes on with a line after a control tag, which may have written nothing.
        case afterTag
    }

    var bytes: [UInt8]
    var newlines: Int
    var opening: Opening
}
