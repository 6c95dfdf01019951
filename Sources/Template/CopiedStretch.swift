/// A stretch of the latest rendering that stands in the next one.
package struct CopiedStretch: Sendable, Hashable {
    /// Its bytes in the latest rendering.
    package private(set) var old: Range<Int>
    /// Where it begins in the next one.
    package let newStart: Int

    package init(_ old: Range<Int>, newStart: Int) {
        (self.old, self.newStart) = (old, newStart)
    }

    package var newEnd: Int { newStart + old.count }

    /// Takes in a stretch that follows in both; returns whether it does.
    mutating func join(_ next: CopiedStretch) -> Bool {
        guard next.old.lowerBound == old.upperBound, next.newStart == newEnd else { return false }
        old = old.lowerBound..<next.old.upperBound
        return true
    }

    /// Without what stands behind a place of the next one.
    func clamped(to end: Int) -> CopiedStretch? {
        guard end > newStart else { return nil }
        return CopiedStretch(old.lowerBound..<min(old.upperBound, old.lowerBound + end - newStart), newStart: newStart)
    }
}
