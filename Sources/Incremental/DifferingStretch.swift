/// The stretches in which two lists differ, without what both begin with and what both end with.
///
/// Where few elements of many have changed, to find them costs one comparison for each of the others; where the lists
/// share their storage it costs nothing.
package struct DifferingStretch: Sendable, Hashable {
    package let old: Range<Int>
    package let new: Range<Int>

    /// - Parameter areSame: Whether one element may stand for the other.
    @inlinable
    package init<Element>(from old: [Element], to new: [Element], by areSame: (Element, Element) -> Bool) {
        guard !old.sharesStorage(with: new) else {
            self.old = old.count..<old.count
            self.new = new.count..<new.count
            return
        }
        let shorter = Swift.min(old.count, new.count)
        var start = 0
        while start < shorter, areSame(old[start], new[start]) { start += 1 }
        var (oldEnd, newEnd) = (old.count, new.count)
        while oldEnd > start, newEnd > start, areSame(old[oldEnd - 1], new[newEnd - 1]) {
            oldEnd -= 1
            newEnd -= 1
        }
        self.old = start..<oldEnd
        self.new = start..<newEnd
    }

    package var isEmpty: Bool { old.isEmpty && new.isEmpty }
}

extension Array {
    /// Whether both are one list in memory, and so the same in every byte.
    @inlinable
    package func sharesStorage(with other: Self) -> Bool {
        count == other.count
            && withUnsafeBufferPointer { own in other.withUnsafeBufferPointer { $0.baseAddress == own.baseAddress } }
    }
}
