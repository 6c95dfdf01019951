import Incremental
import Testing

struct DifferingStretchTests {
    @Test(
        arguments: [
            ([1, 2, 3], [1, 2, 3], 3..<3, 3..<3), ([1, 2, 3], [1, 9, 3], 1..<2, 1..<2),
            ([1, 3], [1, 2, 3], 1..<1, 1..<2),
            ([1, 2, 3], [1, 3], 1..<2, 1..<1), ([1, 1, 1], [1, 1], 2..<3, 2..<2), ([], [1], 0..<0, 0..<1),
            ([1, 2, 3, 4], [4, 2, 3, 1], 0..<4, 0..<4),
        ] as [([Int], [Int], Range<Int>, Range<Int>)]
    )
    func `what both begin and end with is left out`(
        _ old: [Int],
        _ new: [Int],
        _ first: Range<Int>,
        _ second: Range<Int>
    ) {
        let stretch = DifferingStretch(from: old, to: new, by: ==)
        #expect(stretch.old == first && stretch.new == second)
    }

    @Test func `lists that share their storage are not looked at`() {
        let list = Array(0..<10)
        let stretch = DifferingStretch(from: list, to: list) { _, _ in
            Issue.record("an element was compared")
            return false
        }
        #expect(stretch.isEmpty)
    }
}
