/// The stretches in which two lists differ, without what both begin with and what both end with.
///
/// Where few elements of many have changed, to find them costs one comparison for each of the others; where the lists
/// share their storage it costs nothing.
package struct DifferingStretch: Sendable, Hashable {
    package let old: Range<Int>
    package let new: Range<Int>

    /// - Parameter areSame: Whether an element of the old list, by its index, may stand for one of the new.
    package init(_ oldCount: Int, _ newCount: Int, areSame: (Int, Int) -> Bool) {
        let shorter = min(oldCount, newCount)
        var start = 0
        while start < shorter, areSame(start, start) { start += 1 }
        var (oldEnd, newEnd) = (oldCount, newCount)
        while oldEnd > start, newEnd > start, areSame(oldEnd - 1, newEnd - 1) {
            oldEnd -= 1
            newEnd -= 1
        }
        old = start..<oldEnd
        new = start..<newEnd
    }

    /// Lists that are one in memory are not looked at.
    @inlinable
    @inline(__always)
    package init<Element>(from old: [Element], to new: [Element], by areSame: (Element, Element) -> Bool) {
        let isOne = old.sharesStorage(with: new)
        self.init(isOne ? 0 : old.count, isOne ? 0 : new.count) { areSame(old[$0], new[$1]) }
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
