/// The difference between two texts, line by line.
///
/// Lines are the same when their bytes are, and when both or neither end with a newline.
package struct TextDiff: Sendable {
    let old: TextLines
    let new: TextLines
    let changes: [LineChange]

    /// Compares two texts given as lines without their newlines, which every line is taken to have had.
    package init<Text: StringProtocol>(old: [Text], new: [Text]) {
        self.init(TextLines(old), TextLines(new))
    }

    /// Compares two whole texts; only `\n` ends a line, so a `\r` before it belongs to the line.
    package init(old: String, new: String) {
        self.init(TextLines(old), TextLines(new))
    }

    private init(_ old: TextLines, _ new: TextLines) {
        self.old = old
        self.new = new
        var matcher = LineMatcher(old: old, new: new)
        changes = matcher.changes().settled(old: old, new: new)
    }

    /// Whether the texts are the same to the byte.
    package var isEmpty: Bool { changes.isEmpty }

    /// The differences with three lines of context around them.
    package var hunks: [Hunk] { hunks(contextLines: 3) }

    /// The differences, each with up to `contextLines` unchanged lines before and after it.
    ///
    /// Differences whose context touches or overlaps share a hunk.
    package func hunks(contextLines: Int) -> [Hunk] {
        precondition(contextLines >= 0, "a hunk has \(contextLines) lines of context")
        var hunks: [Hunk] = []
        var group: [LineChange] = []
        for change in changes {
            if let last = group.last, change.old.lowerBound - last.old.upperBound > 2 * contextLines {
                hunks.append(hunk(of: group, contextLines: contextLines))
                group = []
            }
            group.append(change)
        }
        if !group.isEmpty { hunks.append(hunk(of: group, contextLines: contextLines)) }
        return hunks
    }

    private func hunk(of group: [LineChange], contextLines: Int) -> Hunk {
        let before = min(contextLines, group[0].old.lowerBound)
        var oldIndex = group[0].old.lowerBound - before
        var newIndex = group[0].new.lowerBound - before
        var hunk = Hunk(oldStart: oldIndex + 1, newStart: newIndex + 1, lines: [])
        func addContext(upTo end: Int) {
            while oldIndex < end {
                hunk.lines.append(.context(old.lines[oldIndex], old: oldIndex + 1, new: newIndex + 1))
                oldIndex += 1
                newIndex += 1
            }
        }
        for change in group {
            addContext(upTo: change.old.lowerBound)
            hunk.lines += change.old.map { .removed(old.lines[$0], old: $0 + 1) }
            hunk.lines += change.new.map { .added(new.lines[$0], new: $0 + 1) }
            oldIndex = change.old.upperBound
            newIndex = change.new.upperBound
        }
        addContext(upTo: min(oldIndex + contextLines, old.lines.count))
        return hunk
    }
}
