import YAML

/// Changes of a text at places that a reader of YAML names, so that everything else stays byte for byte.
struct TextEdits {
    private struct Edit {
        var position: Node.Position
        /// How many scalars go.
        var length: Int
        var text: String
    }

    private let lines: [String.UnicodeScalarView]
    private var edits: [Edit] = []
    /// `\r\n` in a text that was written so.
    let lineEnd: String

    init(_ text: String) {
        lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.UnicodeScalarView.init)
        lineEnd = lines.first?.last == "\r" ? "\r\n" : "\n"
    }

    /// The text from a place to the end of its line; empty where there is no such place.
    func rest(at position: Node.Position) -> Substring.UnicodeScalarView {
        guard lines.indices.contains(position.line - 1) else { return Substring.UnicodeScalarView() }
        let line = String(lines[position.line - 1])
        return Substring(line).unicodeScalars.dropFirst(position.column - 1)
    }

    /// Whether nothing but spaces stands before a place on its line.
    func startsLine(_ position: Node.Position) -> Bool {
        guard lines.indices.contains(position.line - 1) else { return false }
        return lines[position.line - 1].prefix(position.column - 1).allSatisfy { $0 == " " }
    }

    /// The places at which comments between two lines begin that have their line for themselves.
    func comments(after first: Int, before last: Int) -> [Node.Position] {
        guard first + 1 < last else { return [] }
        return (first + 1..<last).compactMap { number in
            let indentation = lines[number - 1].prefix { $0 == " " }.count
            guard lines[number - 1].dropFirst(indentation).first == "#" else { return nil }
            return Node.Position(line: number, column: indentation + 1)
        }
    }

    mutating func insert(_ text: String, at position: Node.Position) {
        edits.append(Edit(position: position, length: 0, text: text))
    }

    /// Replaces a word that stands at a place; returns whether it does.
    mutating func replace(_ word: String, by text: String, at position: Node.Position) -> Bool {
        guard rest(at: position).starts(with: word.unicodeScalars) else { return false }
        edits.append(Edit(position: position, length: word.unicodeScalars.count, text: text))
        return true
    }

    /// The text with all changes; those at one place stand in the order in which they were made.
    var result: String {
        var lines = lines
        let ordered = edits.enumerated().sorted { left, right in
            (left.element.position, left.offset) < (right.element.position, right.offset)
        }
        for (_, edit) in ordered.reversed() {
            let number = edit.position.line - 1
            let start = lines[number].index(lines[number].startIndex, offsetBy: edit.position.column - 1)
            let end = lines[number].index(start, offsetBy: edit.length)
            lines[number].replaceSubrange(start..<end, with: edit.text.unicodeScalars)
        }
        return lines.map { String($0) }.joined(separator: "\n")
    }
}
