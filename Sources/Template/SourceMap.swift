package import Diagnostics
import Searching

/// From the lines of a rendered text to the objects that they come from.
///
/// Lines are 1-based. A line belongs to the innermost part around it that has an origin;
/// a blank line belongs where the line before it belongs.
package struct SourceMap: Sendable {
    /// From this line on, until the next change, lines have this origin.
    ///
    /// Nothing but numbers: tens of thousands are copied for each text in which little has changed.
    struct Change: Sendable {
        var line: Int32
        /// Its number; `nil` where they have none.
        var origin: OriginTable.Number?
    }

    /// Sorted by line, no line twice, no origin twice in a row.
    private var changes: [Change] = []
    private var origins = OriginTable()
    /// The number of lines in the text.
    package internal(set) var lineCount = 0

    package init() {}

    /// A map that takes over parts of another one, and makes room for as much as that says and a little more.
    init(continuing other: SourceMap) {
        origins = OriginTable(continuing: other.origins)
        changes.reserveCapacity(other.changes.count + other.changes.count / 64)
    }

    /// The origin of a line; `nil` where the text has no such line.
    package subscript(line: Int) -> ObjectReference? {
        guard line >= 1, line <= lineCount else { return nil }
        let index = firstChange(after: line)
        return index == 0 ? nil : origin(changes[index - 1])
    }

    private func origin(_ change: Change) -> ObjectReference? { change.origin.map { origins[$0] } }

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
            let (start, end) = (
                Int(change.line), index + 1 < changes.count ? Int(changes[index + 1].line) - 1 : lineCount
            )
            guard let origin = origin(change), start <= end else { continue }
            ranges.append((start...end, origin))
        }
        return ranges
    }

    /// Appends what the map that this one continues says of lines behind the last change, moved by so many lines.
    ///
    /// The first of them does not say again what the last change says.
    mutating func append(_ later: ArraySlice<Change>, movedBy shift: Int) {
        changes += later.lazy.map { Change(line: $0.line + Int32(shift), origin: $0.origin) }
    }

    /// Says that `line` and those after it have this origin, whatever was said about them before.
    mutating func change(at line: Int, to origin: ObjectReference?) {
        while let last = changes.last, last.line >= line {
            changes.removeLast()
        }
        guard changes.last.flatMap({ self.origin($0) }) != origin else { return }
        changes.append(Change(line: Int32(line), origin: origin.map { origins.number(for: $0) }))
    }

    /// Forgets origins of lines that are no more, where these are most of all.
    mutating func finish() {
        guard origins.count > 2 * changes.count + 1_024 else { return }
        var table = OriginTable()
        for index in changes.indices {
            let origin = origin(changes[index])
            changes[index].origin = origin.map { table.number(for: $0) }
        }
        origins = table
    }
}

extension SourceMap: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.lineCount == right.lineCount && left.changes.count == right.changes.count
            && zip(left.changes, right.changes).allSatisfy { change, other in
                change.line == other.line && left.origin(change) == right.origin(other)
            }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(lineCount)
        for change in changes { hasher.combine(change.line) }
    }
}
