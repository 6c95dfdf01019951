/// The stretches in which two lists differ, without what both begin with and what both end with.
///
/// Where few elements of many have changed, to find them costs one comparison for each of the others; where the lists
/// share their storage it costs nothing.
public struct DifferingStretch: Sendable, Hashable {
    public let old: Range<Int>
    public let new: Range<Int>

    /// - Parameter areSame: Whether an element of the old list, by its index, may stand for one of the new.
    public init(_ oldCount: Int, _ newCount: Int, areSame: (Int, Int) -> Bool) {
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

    /// Lists that are one in memory are not looked at, nor are elements that are the same in every bit: to ask two of
    /// them whether they are the same takes counting the references to all that they hold.
    @inlinable
    @inline(__always)
    public init<Element>(from old: [Element], to new: [Element], by areSame: (Element, Element) -> Bool) {
        guard !old.sharesStorage(with: new) else {
            self.init(0, 0) { _, _ in true }
            return
        }
        // Elements are compared where they are: those of an array would be copied first.
        self = old.withUnsafeBufferPointer { old in
            new.withUnsafeBufferPointer { new in
                let (oldBytes, newBytes) = (UnsafeRawBufferPointer(old), UnsafeRawBufferPointer(new))
                return Self(old.count, new.count) { index, other in
                    Self.haveSameBits(oldBytes, index, newBytes, other, Element.self)
                        || areSame(old[index], new[other])
                }
            }
        }
    }

    /// Whether two elements of two lists consist of the same bytes; what they refer to is one thing then.
    @inlinable
    static func haveSameBits<Element>(
        _ left: UnsafeRawBufferPointer,
        _ leftIndex: Int,
        _ right: UnsafeRawBufferPointer,
        _ rightIndex: Int,
        _: Element.Type
    ) -> Bool {
        let (size, stride) = (MemoryLayout<Element>.size, MemoryLayout<Element>.stride)
        let (leftStart, rightStart) = (leftIndex * stride, rightIndex * stride)
        var offset = 0
        while offset + 8 <= size {
            let word = left.loadUnaligned(fromByteOffset: leftStart + offset, as: UInt64.self)
            let other = right.loadUnaligned(fromByteOffset: rightStart + offset, as: UInt64.self)
            guard word == other else { return false }
            offset += 8
        }
        while offset < size {
            guard left[leftStart + offset] == right[rightStart + offset] else { return false }
            offset += 1
        }
        return true
    }

    public var isEmpty: Bool { old.isEmpty && new.isEmpty }
}

extension Array {
    /// How many elements from an index on consist of the same bytes as those of another list from an index on.
    ///
    /// To compare two elements takes counting the references to what they hold; to compare their bytes does not.
    public func countOfSameBits(from start: Int, as other: Self, from otherStart: Int) -> Int {
        let stride = MemoryLayout<Element>.stride
        let length = Swift.min(count - start, other.count - otherStart) * stride
        return withUnsafeBytes { own in
            other.withUnsafeBytes { foreign in
                var offset = 0
                while offset + 8 <= length {
                    let word = own.loadUnaligned(fromByteOffset: start * stride + offset, as: UInt64.self)
                    let next = foreign.loadUnaligned(fromByteOffset: otherStart * stride + offset, as: UInt64.self)
                    guard word == next else { break }
                    offset += 8
                }
                return offset / stride
            }
        }
    }

    /// Whether both are one list in memory, and so the same in every byte.
    @inlinable
    public func sharesStorage(with other: Self) -> Bool {
        count == other.count
            && withUnsafeBufferPointer { own in other.withUnsafeBufferPointer { $0.baseAddress == own.baseAddress } }
    }
}
