extension TextDiff {
    /// The difference as `diff -u` prints it, which `patch` and `git apply` read; empty if there is none.
    ///
    /// `heading` gives the text behind a hunk's second `@@`, such as the block that the hunk lies in.
    package func unified(
        oldName: String,
        newName: String,
        contextLines: Int = 3,
        heading: (Hunk) -> String? = { _ in nil }
    ) -> String {
        guard !isEmpty else { return "" }
        var text = "--- \(oldName)\n+++ \(newName)\n"
        for hunk in hunks(contextLines: contextLines) {
            let old = Self.span(start: hunk.oldStart, count: hunk.oldCount)
            let new = Self.span(start: hunk.newStart, count: hunk.newCount)
            text += "@@ -\(old) +\(new) @@"
            if let heading = heading(hunk) { text += " \(heading)" }
            text += "\n"
            for line in hunk.lines { append(line, to: &text) }
        }
        return text
    }

    /// A range as GNU diff writes it: no count if it is one, and the line before if it is none.
    private static func span(start: Int, count: Int) -> String {
        switch count {
        case 0: "\(start - 1),0"
        case 1: "\(start)"
        default: "\(start),\(count)"
        }
    }

    private func append(_ line: Line, to text: inout String) {
        let isLast: Bool
        switch line {
        case .context(_, let number, _):
            text += " "
            isLast = old[number - 1].lacksNewline
        case .removed(_, let number):
            text += "-"
            isLast = old[number - 1].lacksNewline
        case .added(_, let number):
            text += "+"
            isLast = new[number - 1].lacksNewline
        }
        text += line.text
        text += isLast ? "\n\\ No newline at end of file\n" : "\n"
    }
}
