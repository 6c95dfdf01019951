import Incremental
import Testing

struct ByReferenceTests {
    private struct Compared: Sendable, Equatable {
        var number: Int

        static func == (left: Self, right: Self) -> Bool {
            Issue.record("values were compared")
            return left.number == right.number
        }
    }

    @Test func `a copy is known for the same without a look at the value`() {
        let value = ByReference(Compared(number: 1))
        let copy = value
        #expect(value == copy)
    }

    @Test func `values that were made apart are equal by what they hold`() {
        #expect(ByReference([1, 2]) == ByReference([1, 2]))
        #expect(ByReference([1, 2]) != ByReference([2, 1]))
        #expect(Set([ByReference("a"), ByReference("a"), ByReference("b")]).count == 2)
    }

    @Test func `a field reads and changes as that of the value`() {
        var value = ByReference((name: "a", numbers: [1]))
        let copy = value
        value.numbers.append(2)
        value.name += "b"
        #expect(value.numbers == [1, 2] && value.name == "ab")
        #expect(copy.numbers == [1] && copy.name == "a")
    }

    @Test func `a change leaves copies as they are`() {
        var value = ByReference([1, 2])
        let copy = value
        value.value.append(3)
        #expect(value.value == [1, 2, 3] && copy.value == [1, 2])
    }
}
