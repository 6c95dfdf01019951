/// Finds what somebody probably meant to write.
package enum Spelling {
    /// Returns the candidate nearest to `word`, or `nil` when none is near enough to be worth saying.
    ///
    /// Near means at most a third of the word's letters inserted, removed, replaced or swapped with a neighbour.
    /// Of equally near candidates the first in the order of the alphabet wins.
    package static func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(word.lowercased().unicodeScalars)
        let limit = max(1, letters.count / 3)
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let other = Array(candidate.lowercased().unicodeScalars)
            guard abs(other.count - letters.count) <= limit else { continue }
            let distance = distance(letters, other)
            guard distance <= limit else { continue }
            if let current = best, (current.distance, current.candidate) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.candidate
    }

    /// Whether at most so many edits lie between two words.
    package static func isNear(_ word: String, to other: String, edits: Int) -> Bool {
        abs(word.unicodeScalars.count - other.unicodeScalars.count) <= edits
            && distance(Array(word.unicodeScalars), Array(other.unicodeScalars)) <= edits
    }

    /// The number of edits between two words (optimal string alignment).
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let replacement = last[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var least = min(last[column] + 1, current[column - 1] + 1, replacement)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    least = min(least, beforeLast[column - 2] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
