/// A text cut into lines.
struct TextLines: Sendable {
    /// The lines without their newlines.
    let lines: [Substring]
    /// Whether the last line lacks its newline.
    let lacksFinalNewline: Bool

    init<Text: StringProtocol>(_ lines: [Text]) {
        self.lines = lines.map { Substring($0) }
        lacksFinalNewline = false
    }

    init(_ text: String) {
        // Characters won't do: "\r\n" is one Character.
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Substring.init)
        lacksFinalNewline = lines.last?.isEmpty == false
        if !lacksFinalNewline { lines.removeLast() }
        self.lines = lines
    }

    /// The line at `index` as something that can be compared with lines of the other text.
    subscript(index: Int) -> LineKey {
        LineKey(text: lines[index], lacksNewline: lacksFinalNewline && index == lines.count - 1)
    }
}
