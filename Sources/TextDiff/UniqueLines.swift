import Searching

/// Finds the lines that stand once in each of two regions and keep their order.
struct UniqueLines {
    private struct Occurrences {
        var inOld = 0
        var inNew = 0
        var oldIndex = 0
    }

    /// By line number; all zero between two calls.
    private var occurrences: [Occurrences]

    init(distinctLines: Int) {
        occurrences = Array(repeating: Occurrences(), count: distinctLines)
    }

    /// The longest series of such lines that rises in both regions; `nil` if the regions have no line in common at all.
    mutating func common(old: ArraySlice<Int>, new: ArraySlice<Int>) -> [LinePair]? {
        for (index, line) in zip(old.indices, old) {
            occurrences[line].inOld += 1
            occurrences[line].oldIndex = index
        }
        var shareLines = false
        for line in new {
            occurrences[line].inNew += 1
            if occurrences[line].inOld > 0 { shareLines = true }
        }
        var pairs: [LinePair] = []
        for (index, line) in zip(new.indices, new) {
            let found = occurrences[line]
            if found.inOld == 1, found.inNew == 1 { pairs.append(LinePair(old: found.oldIndex, new: index)) }
        }
        for line in old { occurrences[line] = Occurrences() }
        for line in new { occurrences[line] = Occurrences() }
        return shareLines ? Self.longestRise(of: pairs) : nil
    }

    /// The longest subsequence in which `old` rises, by patience sorting.
    private static func longestRise(of pairs: [LinePair]) -> [LinePair] {
        /// The index of the smallest end of a rise, by the rise's length.
        var tops: [Int] = []
        var predecessors: [Int?] = []
        for (index, pair) in pairs.enumerated() {
            let length = tops.partitionPoint { pairs[$0].old < pair.old }
            predecessors.append(length > 0 ? tops[length - 1] : nil)
            if length == tops.count { tops.append(index) } else { tops[length] = index }
        }
        var rise: [LinePair] = []
        var next = tops.last
        while let index = next {
            rise.append(pairs[index])
            next = predecessors[index]
        }
        return rise.reversed()
    }
}
