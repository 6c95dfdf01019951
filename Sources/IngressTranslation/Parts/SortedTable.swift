import Searching

/// Values in the order of their keys, of which few change at a time.
///
/// A change costs a search for each key and one copy of the list, and never another sorting of it.
package struct SortedTable<Key: Comparable & Sendable, Value: Sendable>: Sendable {
    private var keys: [Key] = []
    package private(set) var values: [Value] = []

    package init() {}

    /// The value of a key; the first where there are several.
    package subscript(key: Key) -> Value? {
        let index = firstIndex(notBefore: key, from: 0)
        return index < keys.count && keys[index] == key ? values[index] : nil
    }

    /// Removes one value for each key that goes, then adds those that come; a key may have several.
    ///
    /// Keys that are not there go without a trace.
    package mutating func replace(_ going: [Key], by coming: [(key: Key, value: Value)]) {
        guard !going.isEmpty || !coming.isEmpty else { return }
        var edits = edits(going.sorted(), Self.sorted(coming))
        // Values in the place of others move none of the rest.
        edits.removeAll { edit in
            guard edit.range.count == edit.new.count else { return false }
            for (index, new) in zip(edit.range, edit.new) { (keys[index], values[index]) = new }
            return true
        }
        guard !edits.isEmpty else { return }
        var result = Self()
        result.reserveCapacity(keys.count + coming.count)
        var position = 0
        for edit in edits {
            result.append(self, position..<edit.range.lowerBound)
            result.keys += edit.new.map(\.key)
            result.values += edit.new.map(\.value)
            position = edit.range.upperBound
        }
        result.append(self, position..<keys.endIndex)
        self = result
    }

    /// Sorts places in the list and not the elements, which may be large.
    private static func sorted(_ elements: [(key: Key, value: Value)]) -> [(key: Key, value: Value)] {
        elements.withUnsafeBufferPointer { elements in
            elements.indices.sorted { elements[$0].key < elements[$1].key }.map { elements[$0] }
        }
    }

    /// The new content of a range.
    private struct Edit {
        var range: Range<Int>
        var new: [(key: Key, value: Value)] = []
    }

    /// The changes to the list in its order, neighbouring ones as one; both lists are sorted.
    private func edits(_ going: [Key], _ coming: [(key: Key, value: Value)]) -> [Edit] {
        var edits: [Edit] = []
        var position = 0
        var (next, added) = (going.startIndex, coming.startIndex)
        while next < going.endIndex || added < coming.endIndex {
            let goes = next < going.endIndex && (added == coming.endIndex || !(coming[added].key < going[next]))
            let key = goes ? going[next] : coming[added].key
            position = firstIndex(notBefore: key, from: position)
            var edit = Edit(range: position..<position)
            if let last = edits.last, last.range.upperBound == position { edit = edits.removeLast() }
            if goes {
                if position < keys.endIndex, keys[position] == key { position += 1 }
                edit.range = edit.range.lowerBound..<position
                next += 1
            } else {
                edit.new.append(coming[added])
                added += 1
            }
            edits.append(edit)
        }
        return edits
    }

    private func firstIndex(notBefore key: Key, from start: Int) -> Int {
        keys[start...].partitionPoint { $0 < key }
    }

    private mutating func reserveCapacity(_ count: Int) {
        keys.reserveCapacity(count)
        values.reserveCapacity(count)
    }

    private mutating func append(_ other: Self, _ range: Range<Int>) {
        keys += other.keys[range]
        values += other.values[range]
    }
}
