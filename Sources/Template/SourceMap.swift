package import Diagnostics
import Searching

/// From the lines of a rendered text to the objects that they come from.
///
/// Lines are 1-based. A line belongs to the innermost part around it that has an origin;
/// a blank line belongs where the line before it belongs.
package struct SourceMap: Sendable, Hashable {
    /// From this line on, until the next change, lines have this origin.
    struct Change: Sendable, Hashable {
        var line: Int
        var origin: ObjectReference?
    }

    /// Sorted by line, no line twice, no origin twice in a row.
    private(set) var changes: [Change] = []
    /// The number of lines in the text.
    package internal(set) var lineCount = 0

    package init() {}

    /// The origin of a line; `nil` where the text has no such line.
    package subscript(line: Int) -> ObjectReference? {
        guard line >= 1, line <= lineCount else { return nil }
        let index = firstChange(after: line)
        return index == 0 ? nil : changes[index - 1].origin
    }

    /// The changes behind a line, up to another one.
    func changes(after line: Int, upTo last: Int) -> ArraySlice<Change> {
        let start = firstChange(after: line)
        return changes[start..<max(start, firstChange(after: last))]
    }

    private func firstChange(after line: Int) -> Int {
        changes.partitionPoint { $0.line <= line }
    }

    /// The lines that have an origin, in order; neighbouring ranges have different origins.
    package var ranges: [(lines: ClosedRange<Int>, origin: ObjectReference)] {
        var ranges: [(lines: ClosedRange<Int>, origin: ObjectReference)] = []
        for (index, change) in changes.enumerated() {
            let end = index + 1 < changes.count ? changes[index + 1].line - 1 : lineCount
            guard let origin = change.origin, change.line <= end else { continue }
            ranges.append((change.line...end, origin))
        }
        return ranges
    }

    /// Makes room for as much as another map says, and a little more.
    mutating func reserveCapacity(_ other: SourceMap) {
        changes.reserveCapacity(other.changes.count + other.changes.count / 64)
    }

    /// Appends what another map says of lines behind the last change, moved by so many lines.
    ///
    /// The first of them does not say again what the last change says.
    mutating func append(_ later: ArraySlice<Change>, movedBy shift: Int) {
        changes += later.lazy.map { Change(line: $0.line + shift, origin: $0.origin) }
    }

    /// Says that `line` and those after it have this origin, whatever was said about them before.
    mutating func change(at line: Int, to origin: ObjectReference?) {
        while let last = changes.last, last.line >= line {
            changes.removeLast()
        }
        guard changes.last?.origin != origin || (changes.isEmpty && origin != nil) else { return }
        changes.append(Change(line: line, origin: origin))
    }
}
