/// Finds the shortest beginning of a list that is bad, by halving; decides what to try, and tries nothing itself.
///
/// Nothing of the list is good and the whole of it is bad, which the caller has seen. Where a longer beginning may be
/// good again, a bad one is found whose last element makes it so.
package struct HalvingSearch: Sendable, Hashable {
    /// The longest beginning known to be good.
    private var good = 0
    /// The shortest one known to be bad.
    private var bad: Int

    /// - Parameter count: The length of the list, which is not empty.
    package init(count: Int) {
        precondition(count > 0, "nothing of an empty list is bad")
        bad = count
    }

    /// The length of the beginning to try; `nil` once the search has come to its end.
    package var next: Int? { bad - good > 1 ? (good + bad) / 2 : nil }

    /// The index of the element that makes the beginning bad, as far as is known.
    package var culprit: Int { bad - 1 }

    /// Takes note of what has come of trying ``next``.
    package mutating func note(isBad: Bool) {
        guard let next else { return }
        if isBad { bad = next } else { good = next }
    }
}
