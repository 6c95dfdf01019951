import Incremental
import IngressTranslation
import TestSupport
import Testing

struct SortedTableTests {
    @Test func `values stand in the order of their keys, whatever comes and goes`() {
        var random = SeededRandom(seed: 5)
        var table = SortedTable<Int, String>()
        var expected: [Int: String] = [:]
        for round in 0..<300 {
            let going = expected.keys.sorted().filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
            for key in going { expected[key] = nil }
            let coming = (0..<40).filter { expected[$0] == nil && Int.random(in: 0..<5, using: &random) == 0 }
            for key in coming { expected[key] = "\(key) since \(round)" }
            table.replace(going, by: coming.shuffled(using: &random).map { (key: $0, value: "\($0) since \(round)") })
            #expect(table.values == expected.sorted { $0.key < $1.key }.map(\.value))
        }
    }

    @Test func `values in the place of others, single or side by side, leave the rest as it is`() {
        var table = SortedTable<Int, String>()
        table.replace([], by: (0..<10).map { (key: $0, value: "\($0)") })
        table.replace([7, 2, 3], by: [(key: 3, value: "c"), (key: 7, value: "g"), (key: 2, value: "b")])
        #expect(table.values == ["0", "1", "b", "c", "4", "5", "6", "g", "8", "9"])
        table.replace([5, 0], by: [(key: 1, value: "before 1"), (key: 5, value: "e")])
        #expect(table.values == ["before 1", "1", "b", "c", "4", "e", "6", "g", "8", "9"])
    }

    @Test func `of two values with one key one goes at a time`() {
        var table = SortedTable<Int, Int>()
        table.replace([], by: [(key: 1, value: 1), (key: 2, value: 2), (key: 1, value: 1)])
        table.replace([1], by: [])
        #expect(table.values == [1, 2])
    }

    @Test func `a key finds its value, and one that is not there finds none and goes without a trace`() {
        var table = SortedTable<String, Int>()
        table.replace([], by: [(key: "b", value: 2), (key: "a", value: 1), (key: "c", value: 3)])
        table.replace(["x", "b"], by: [(key: "a2", value: 4)])
        #expect(table.values == [1, 4, 3])
        #expect(["a", "a2", "b", "c", "x"].map { table[$0] } == [1, 4, nil, 3, nil])
    }

    @Test func `what changes in no way keeps its storage`() {
        var table = SortedTable<Int, Int>()
        table.replace([], by: (0..<10).map { (key: $0, value: $0) })
        let before = table.values
        table.replace([], by: [])
        #expect(table.values.sharesStorage(with: before))
    }
}
