import Diagnostics
import Incremental

/// Findings in the order of their places.
struct SortedFindings {
    private var table = SortedTable<Place, Diagnostic>()
    private var going: [Diagnostic] = []
    private var coming: [Diagnostic] = []

    /// A finding by the order in which it is told.
    private struct Place: Comparable {
        let finding: Diagnostic

        static func < (left: Self, right: Self) -> Bool { Diagnostic.precedes(left.finding, right.finding) }
    }

    var values: [Diagnostic] { table.values }

    mutating func replace(_ before: [Diagnostic], by after: [Diagnostic]) {
        going += before
        coming += after
    }

    mutating func finish() {
        table.replace(
            going.map { Place(finding: $0) },
            by: coming.map { (key: Place(finding: $0), value: $0) }
        )
        going.removeAll()
        coming.removeAll()
    }
}
