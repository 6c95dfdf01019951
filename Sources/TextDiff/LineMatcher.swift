/// Finds which lines of two texts correspond.
///
/// A region is cut at the lines that occur once on each side (patience), since those hardly ever match by chance as
/// `}` does; only a region without such lines is cut at the middle of a shortest edit script (Myers).
struct LineMatcher {
    /// The number of lines that both texts begin with.
    private let prefix: Int
    /// A number for each line between the common beginning and end; equal lines have equal numbers.
    private var old: [Int] = []
    private var new: [Int] = []
    private var isRemoved: [Bool]
    private var isAdded: [Bool]
    private var anchors: UniqueLines

    init(old oldLines: TextLines, new newLines: TextLines) {
        let shorter = min(oldLines.lines.count, newLines.lines.count)
        var prefix = 0
        while prefix < shorter, oldLines[prefix] == newLines[prefix] { prefix += 1 }
        var oldEnd = oldLines.lines.count
        var newEnd = newLines.lines.count
        while oldEnd > prefix, newEnd > prefix, oldLines[oldEnd - 1] == newLines[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
        }
        var numbers: [LineKey: Int] = [:]
        func number(_ key: LineKey) -> Int {
            if let number = numbers[key] { return number }
            numbers[key] = numbers.count
            return numbers.count - 1
        }
        self.prefix = prefix
        old = (prefix..<oldEnd).map { number(oldLines[$0]) }
        new = (prefix..<newEnd).map { number(newLines[$0]) }
        isRemoved = Array(repeating: false, count: old.count)
        isAdded = Array(repeating: false, count: new.count)
        anchors = UniqueLines(distinctLines: numbers.count)
    }

    /// The differences in the order of the text, with at least one unchanged line between any two.
    mutating func changes() -> [LineChange] {
        // A stack of our own: an adversary's text can nest deeper than a thread's stack.
        var regions = [LineChange(old: old.indices, new: new.indices)]
        while let region = regions.popLast().map(trimmed) {
            if let parts = parts(of: region) {
                regions += parts
            } else {
                for index in region.old { isRemoved[index] = true }
                for index in region.new { isAdded[index] = true }
            }
        }
        return collected()
    }

    /// The region without the lines that both sides begin or end with.
    private func trimmed(_ region: LineChange) -> LineChange {
        var (oldStart, oldEnd) = (region.old.lowerBound, region.old.upperBound)
        var (newStart, newEnd) = (region.new.lowerBound, region.new.upperBound)
        while oldStart < oldEnd, newStart < newEnd, old[oldStart] == new[newStart] {
            oldStart += 1
            newStart += 1
        }
        while oldStart < oldEnd, newStart < newEnd, old[oldEnd - 1] == new[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
        }
        return LineChange(old: oldStart..<oldEnd, new: newStart..<newEnd)
    }

    /// Smaller regions that together hold all differences of a trimmed region; `nil` if it has no line in common.
    private mutating func parts(of region: LineChange) -> [LineChange]? {
        guard !region.old.isEmpty, !region.new.isEmpty else { return nil }
        guard var cuts = anchors.common(old: old[region.old], new: new[region.new]) else { return nil }
        if cuts.isEmpty {
            cuts = [EditPath.middle(old: old[region.old], new: new[region.new])]
        }
        var parts: [LineChange] = []
        var start = LinePair(old: region.old.lowerBound, new: region.new.lowerBound)
        for cut in cuts + [LinePair(old: region.old.upperBound, new: region.new.upperBound)] {
            parts.append(LineChange(old: start.old..<cut.old, new: start.new..<cut.new))
            start = cut
        }
        return parts
    }

    private func collected() -> [LineChange] {
        var changes: [LineChange] = []
        var (oldIndex, newIndex) = (0, 0)
        while oldIndex < old.count || newIndex < new.count {
            let (oldStart, newStart) = (oldIndex, newIndex)
            while oldIndex < old.count, isRemoved[oldIndex] { oldIndex += 1 }
            while newIndex < new.count, isAdded[newIndex] { newIndex += 1 }
            if oldStart == oldIndex, newStart == newIndex {
                oldIndex += 1
                newIndex += 1
            } else {
                changes.append(
                    LineChange(
                        old: prefix + oldStart..<prefix + oldIndex,
                        new: prefix + newStart..<prefix + newIndex
                    )
                )
            }
        }
        return changes
    }
}
