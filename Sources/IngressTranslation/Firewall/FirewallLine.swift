import Diagnostics

/// A directive of ModSecurity with the lines that it goes on in.
struct FirewallLine {
    /// Of its first line in the text, 1-based.
    let number: Int
    private let text: String

    struct Word {
        /// As it stands between the quotes, escapes included.
        var text: String
        var isQuoted = false

        var form: String { isQuoted ? "\"\(text)\"" : text }
    }

    /// Those that are no comments; a backslash at the end of one leads to the next.
    static func lines(of text: String) -> [FirewallLine] {
        var lines: [FirewallLine] = []
        var begun: (number: Int, text: String)?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.replacing("\t", with: " ").trimmed
            if begun == nil, line.isEmpty || line.hasPrefix("#") { continue }
            var whole = begun ?? (index + 1, "")
            // Within quotes the lines are one text, and elsewhere a break is a blank.
            if !whole.text.isEmpty, !isWithinQuotes(whole.text) { whole.text += " " }
            let goesOn = line.hasSuffix("\\")
            whole.text += goesOn ? String(line.dropLast()) : line
            begun = goesOn ? whole : nil
            if !goesOn { lines.append(FirewallLine(number: whole.number, text: whole.text)) }
        }
        if let begun { lines.append(FirewallLine(number: begun.number, text: begun.text)) }
        return lines
    }

    private static func isWithinQuotes(_ text: String) -> Bool {
        var isWithin = false
        var isEscaped = false
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\""), !isEscaped { isWithin.toggle() }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        return isWithin
    }

    /// The name and its arguments; throws for quotes that ModSecurity might read otherwise.
    func words() throws(ValueError) -> [Word] {
        var words: [Word] = []
        var rest = Substring(text)
        while true {
            rest = rest.drop { $0 == " " }
            guard let first = rest.first else { return words }
            let word = first == "\"" ? try quoted(&rest) : try bare(&rest)
            guard rest.isEmpty || rest.first == " " else { throw error("a quote within a word") }
            words.append(word)
        }
    }

    private func bare(_ rest: inout Substring) throws(ValueError) -> Word {
        let word = String(rest.prefix { $0 != " " })
        rest.removeFirst(word.count)
        guard !word.contains(where: { "\"'\\".contains($0) }) else {
            throw error("a quote or a backslash within a word")
        }
        return Word(text: word)
    }

    private func quoted(_ rest: inout Substring) throws(ValueError) -> Word {
        rest.removeFirst()
        var word = ""
        var backslashes = 0
        while let character = rest.popFirst() {
            if character == "\"" {
                if backslashes == 0 { return Word(text: word, isQuoted: true) }
                // Whether the backslash is one, or begins an escape, readers may decide differently.
                guard backslashes == 1 else { throw error("several backslashes in front of a quote") }
            }
            backslashes = character == "\\" ? backslashes + 1 : 0
            word.append(character)
        }
        throw error("a quote that nothing ends")
    }

    /// The error of a value that holds something in this line.
    func error(_ what: String) -> ValueError { ValueError(reason: "holds in line \(number) \(what)") }
}
