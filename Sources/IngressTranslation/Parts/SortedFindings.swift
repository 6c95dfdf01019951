import Diagnostics

/// Findings in the order of their places, each told once however many hosts it is of.
struct SortedFindings {
    private var table = SortedTable<Place, Diagnostic>()
    private var counts: [Words: Int] = [:]
    /// How much more often than before a finding is made now.
    private var changes: [Words: Int] = [:]

    /// A finding by the order in which it is told.
    private struct Place: Comparable {
        let finding: Diagnostic

        static func < (left: Self, right: Self) -> Bool { Diagnostic.precedes(left.finding, right.finding) }
    }

    /// A finding by every byte that is told: texts that are equal for Unicode may name different things.
    private struct Words: Hashable {
        let finding: Diagnostic

        static func == (left: Self, right: Self) -> Bool {
            left.finding == right.finding && left.finding.message.utf8.elementsEqual(right.finding.message.utf8)
        }

        func hash(into hasher: inout Hasher) { hasher.combine(finding) }
    }

    var values: [Diagnostic] { table.values }

    mutating func replace(_ before: [Diagnostic], by after: [Diagnostic]) {
        for finding in before { changes[Words(finding: finding), default: 0] -= 1 }
        for finding in after { changes[Words(finding: finding), default: 0] += 1 }
    }

    mutating func finish() {
        var (going, coming): ([Place], [(key: Place, value: Diagnostic)]) = ([], [])
        for (words, change) in changes where change != 0 {
            let (old, place) = (counts[words] ?? 0, Place(finding: words.finding))
            counts[words] = old + change == 0 ? nil : old + change
            if old == 0 { coming.append((key: place, value: words.finding)) }
            if old + change == 0 { going.append(place) }
        }
        changes.removeAll()
        table.replace(going, by: coming)
    }
}
