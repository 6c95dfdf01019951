/// Collects steps, and joins neighbouring texts into one.
struct BlockBuilder<Scope: Sendable> {
    private var steps: [Block<Scope>.Step] = []
    /// The latest step is a control tag.
    private var followsControl = false

    mutating func append(_ text: TemplateNode.Text, of source: SourceText, indentation: Int) {
        var bytes = source.bytes[text.range]
        let endsLine = bytes.last == UInt8(ascii: "\n")
        if endsLine {
            bytes.removeLast()
            bytes.trimTrailingBlanks()
        }
        if text.startsLine, endsLine, bytes.isEmpty { return append(.blankLine) }

        var line: [UInt8] = []
        if text.startsLine { line = Array(repeating: UInt8(ascii: " "), count: indentation) }
        line += bytes
        if endsLine { line.append(UInt8(ascii: "\n")) }
        let closesBlock = bytes.first { !$0.isBlank } == UInt8(ascii: "}")
        let opening: StaticText.Opening =
            text.startsLine ? .line(closesBlock: closesBlock) : followsControl ? .afterTag : .word
        append(StaticText(bytes: line, newlines: endsLine ? 1 : 0, opening: opening))
    }

    mutating func append(_ step: Block<Scope>.Step) {
        steps.append(step)
        followsControl = false
    }

    mutating func appendControl(_ step: Block<Scope>.Step) {
        append(step)
        followsControl = true
    }

    func finish() -> Block<Scope> {
        Block(steps: steps)
    }

    private mutating func append(_ text: StaticText) {
        guard case .text(var last)? = steps.last else { return append(.text(text)) }
        // A comment between the two has vanished, and the space before it with it.
        if text.bytes.first == UInt8(ascii: "\n") { last.bytes.trimTrailingBlanks() }
        last.bytes += text.bytes
        last.newlines += text.newlines
        steps[steps.count - 1] = .text(last)
    }
}

extension RangeReplaceableCollection<UInt8> where Self: BidirectionalCollection {
    /// Removes blanks at the end, up to one that is escaped.
    fileprivate mutating func trimTrailingBlanks() {
        while let last, last.isBlank, dropLast().last != UInt8(ascii: "\\") { removeLast() }
    }
}
