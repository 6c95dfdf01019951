import Incremental
import Testing

struct NamedElementsTests {
    private struct Item: Equatable, Sendable {
        var name: Int
        var content = ""
    }

    @Test(
        arguments: [
            [1, 2, 3], [1, 2, 3, 4], [1, 3], [2, 3], [1, 2], [1, 4, 3], [3, 2, 1], [], [0, 1, 2, 3],
        ]
    )
    func `the elements of the latest list are known, and no others`(_ names: [Int]) {
        var known = NamedElements<Int, Item>()
        known.follow([1, 2, 3].map { Item(name: $0) }, by: \.name)
        let list = names.map { Item(name: $0, content: "new") }
        known.follow(list, by: \.name)
        #expect(names.compactMap { known[$0] } == list)
        #expect((0...4).filter { known[$0] != nil } == names.sorted())
    }

    @Test func `only what has changed is looked at`() {
        var known = NamedElements<Int, Item>()
        var list = (0..<100).map { Item(name: $0) }
        known.follow(list, by: \.name)
        list[40].content = "new"
        var looked: [Int] = []
        known.follow(list) {
            looked.append($0.name)
            return $0.name
        }
        #expect(looked == [40, 40])
        #expect(known[40]?.content == "new")
    }
}
