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

    @Test func `elements that are one in memory are not looked at, and others that are equal are`() {
        // Texts that are too long to stand within a string itself.
        let long = (0..<3).map { String(repeating: "\($0)", count: 40) }
        var changed = long
        changed[1] = "other"
        var compared: [[String]] = []
        let stretch = DifferingStretch(from: long, to: changed) { old, new in
            compared.append([old, new])
            return old == new
        }
        #expect(stretch.old == 1..<2 && stretch.new == 1..<2)
        #expect(Set(compared) == [[long[1], "other"]])
        let copies = long.map { String(decoding: Array($0.utf8), as: UTF8.self) }
        #expect(DifferingStretch(from: long, to: copies, by: ==).isEmpty)
    }
}
