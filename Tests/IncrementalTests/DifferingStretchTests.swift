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

    @Test func `elements that are the same in every bit are not compared`() {
        let old = (0..<3).map { ByReference($0) }
        var new = old
        new[1].value = 9
        var compared = 0
        let stretch = DifferingStretch(from: old, to: new) { old, new in
            compared += 1
            return old == new
        }
        #expect(stretch.old == 1..<2 && stretch.new == 1..<2)
        #expect(compared == 2, "the one that differs, from both ends")
    }

    @Test func `elements that are equal are the same, wherever they lie`() {
        let old = [ByReference("a"), ByReference("b")]
        #expect(DifferingStretch(from: old, to: [ByReference("a"), ByReference("b")], by: ==).isEmpty)
    }

    @Test func `bytes are compared up to the end of the shorter list`() {
        let list = (0..<5).map { ByReference($0) }
        let other = Array(list[1...2]) + [ByReference(3), list[4]]
        #expect(list.countOfSameBits(from: 1, as: other, from: 0) == 2)
        #expect(list.countOfSameBits(from: 4, as: other, from: 3) == 1)
        #expect(list.countOfSameBits(from: 5, as: other, from: 4) == 0)
        #expect(list.countOfSameBits(from: 0, as: other, from: 0) == 0)
        // Of an element of two words both count.
        let pairs = [(1, 2), (3, 4)]
        #expect(pairs.countOfSameBits(from: 0, as: [(1, 2), (3, 5)], from: 0) == 1)
    }
}
