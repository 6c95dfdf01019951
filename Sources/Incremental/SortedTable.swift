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
        let going = going.sorted()
        let coming = coming.sorted { $0.key < $1.key }
        var result = Self()
        result.reserveCapacity(keys.count + coming.count)
        var position = 0
        var (next, added) = (going.startIndex, coming.startIndex)
        while next < going.endIndex || added < coming.endIndex {
            let goes = next < going.endIndex && (added == coming.endIndex || !(coming[added].key < going[next]))
            let key = goes ? going[next] : coming[added].key
            let index = firstIndex(notBefore: key, from: position)
            result.append(self, position..<index)
            position = index
            if goes {
                if index < keys.endIndex, keys[index] == key { position += 1 }
                next += 1
            } else {
                result.keys.append(key)
                result.values.append(coming[added].value)
                added += 1
            }
        }
        result.append(self, position..<keys.endIndex)
        self = result
    }

    private func firstIndex(notBefore key: Key, from start: Int) -> Int {
        var (low, high) = (start, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
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
