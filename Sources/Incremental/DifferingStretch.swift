import Glibc

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

    /// Lists that are one in memory are not looked at, and of an element that is the same in every byte no part is:
    /// where few have changed most are copies of what they were.
    @inlinable
    @inline(__always)
    package init<Element>(from old: [Element], to new: [Element], by areSame: (Element, Element) -> Bool) {
        let isOne = old.sharesStorage(with: new)
        self.init(isOne ? 0 : old.count, isOne ? 0 : new.count) {
            old.hasSameBytes(at: $0, as: new, at: $1) || areSame(old[$0], new[$1])
        }
    }

    package var isEmpty: Bool { old.isEmpty && new.isEmpty }
}

extension Array {
    /// Whether both are one list in memory, and so the same in every byte.
    @inlinable
    package func sharesStorage(with other: Self) -> Bool {
        guard count == other.count else { return false }
        return unsafe withUnsafeBufferPointer { own in
            unsafe other.withUnsafeBufferPointer { unsafe $0.baseAddress == own.baseAddress }
        }
    }

    /// Whether two elements are the same in memory, and so in all that they hold.
    ///
    /// Elements that are not may be equal all the same.
    @inlinable
    @inline(__always)
    package func hasSameBytes(at index: Int, as other: Self, at otherIndex: Int) -> Bool {
        precondition(index >= 0 && index < count && otherIndex >= 0 && otherIndex < other.count)
        return unsafe withUnsafeBufferPointer { own in
            unsafe other.withUnsafeBufferPointer { other in
                guard let left = own.baseAddress, let right = other.baseAddress else { return false }
                return unsafe haveSameBytes(left + index, right + otherIndex, MemoryLayout<Element>.size)
            }
        }
    }
}

@usableFromInline
package func haveSameBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
    unsafe memcmp(left, right, count) == 0
}
