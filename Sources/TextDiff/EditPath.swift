/// Walks the edit graph of two regions from both ends at once, in linear space (Myers, 1986).
///
/// A point (x, y) stands for x lines of the old region and y of the new one being dealt with; a diagonal k holds the
/// points with x - y = k.
struct EditPath {
    /// How many edits from each end are tried before the best way so far is taken.
    ///
    /// This bounds the time for texts that have hardly a line in common, at the price of a longer edit script.
    private static let longestSearch = 128

    /// The furthest x reached on each diagonal, shifted so that diagonal 0 is in the middle; -1 if none.
    private var furthest: [Int]
    private let limit: Int

    private init(limit: Int) {
        self.limit = limit
        furthest = Array(repeating: -1, count: 2 * limit + 3)
    }

    private subscript(diagonal: Int) -> Int {
        get { furthest[diagonal + limit + 1] }
        set { furthest[diagonal + limit + 1] = newValue }
    }

    /// A point on a short edit path that leaves something to do on both sides of it.
    ///
    /// Neither region is empty, and they neither begin nor end with the same line.
    static func middle(old: ArraySlice<Int>, new: ArraySlice<Int>) -> LinePair {
        let (width, height) = (old.count, new.count)
        let delta = width - height
        let limit = min(longestSearch, (width + height + 1) / 2)
        let (oldStart, oldEnd) = (old.startIndex, old.endIndex - 1)
        let (newStart, newEnd) = (new.startIndex, new.endIndex - 1)
        var forward = EditPath(limit: limit)
        var backward = EditPath(limit: limit)
        for edits in 0...limit {
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                guard var x = forward.step(onto: diagonal, edits: edits, width, height) else { continue }
                while x < width, x - diagonal < height, old[oldStart + x] == new[newStart + x - diagonal] { x += 1 }
                forward[diagonal] = x
                let opposite = delta - diagonal
                if delta % 2 != 0, abs(opposite) < edits, backward[opposite] >= 0, x + backward[opposite] >= width {
                    return LinePair(old: oldStart + x, new: newStart + x - diagonal)
                }
            }
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                guard var x = backward.step(onto: diagonal, edits: edits, width, height) else { continue }
                while x < width, x - diagonal < height, old[oldEnd - x] == new[newEnd - x + diagonal] { x += 1 }
                backward[diagonal] = x
                let opposite = delta - diagonal
                if delta % 2 == 0, abs(opposite) <= edits, forward[opposite] >= 0, x + forward[opposite] >= width {
                    return LinePair(old: oldEnd + 1 - x, new: newEnd + 1 - x + diagonal)
                }
            }
        }
        return forward.best(oldStart: oldStart, newStart: newStart)
    }

    /// The furthest x on a diagonal after one more edit, before any equal lines; `nil` if the region has no such point.
    private func step(onto diagonal: Int, edits: Int, _ width: Int, _ height: Int) -> Int? {
        guard edits > 0 else { return 0 }
        var x = -1
        if self[diagonal + 1] >= 0, self[diagonal + 1] - diagonal <= height { x = self[diagonal + 1] }
        if self[diagonal - 1] >= 0, self[diagonal - 1] < width { x = max(x, self[diagonal - 1] + 1) }
        return x >= 0 ? x : nil
    }

    /// The point reached that has the most lines behind it.
    private func best(oldStart: Int, newStart: Int) -> LinePair {
        var best = LinePair(old: oldStart, new: newStart)
        for diagonal in stride(from: -limit, through: limit, by: 2) where self[diagonal] >= 0 {
            let pair = LinePair(old: oldStart + self[diagonal], new: newStart + self[diagonal] - diagonal)
            if pair.old + pair.new > best.old + best.new { best = pair }
        }
        return best
    }
}
