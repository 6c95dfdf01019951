/// Lines of the old text that others of the new text replace; one of the two ranges may be empty.
struct LineChange: Sendable, Hashable {
    /// 0-based indices into the old lines.
    var old: Range<Int>
    /// 0-based indices into the new lines.
    var new: Range<Int>
}

extension [LineChange] {
    /// The same difference with each pure insertion and removal moved to where a person would put it.
    ///
    /// Where the line before a block is also the block's last line, the block may as well start one line earlier, and
    /// likewise one later. Of all such places the one wins where the block and what follows it are indented least, and
    /// of those the last: so a block of nginx.conf starts at its name, not at the `}` of the block before.
    func settled(old: TextLines, new: TextLines) -> [LineChange] {
        var changes = self
        for index in changes.indices {
            let previous = index > 0 ? changes[index - 1] : LineChange(old: -1..<(-1), new: -1..<(-1))
            let next = index + 1 < count ? changes[index + 1].old.lowerBound : old.lines.count + 1
            let change = changes[index]
            // At least one unchanged line stays between two changes.
            let room = (change.old.lowerBound - previous.old.upperBound - 1, next - change.old.upperBound - 1)
            let distance: Int
            if change.old.isEmpty {
                distance = new.bestShift(of: change.new, up: room.0, down: room.1)
            } else if change.new.isEmpty {
                distance = old.bestShift(of: change.old, up: room.0, down: room.1)
            } else {
                continue
            }
            changes[index] = LineChange(old: change.old.shifted(by: distance), new: change.new.shifted(by: distance))
        }
        return changes
    }
}

extension TextLines {
    /// How far to move a block, downwards if positive.
    fileprivate func bestShift(of block: Range<Int>, up: Int, down: Int) -> Int {
        var lowest = 0
        while -lowest < up, self[block.lowerBound + lowest - 1] == self[block.upperBound + lowest - 1] { lowest -= 1 }
        var highest = 0
        while highest < down, self[block.lowerBound + highest] == self[block.upperBound + highest] { highest += 1 }
        var best = (shift: 0, indent: Int.max)
        for shift in lowest...highest {
            let indent = indent(at: block.lowerBound + shift) + indent(at: block.upperBound + shift)
            if indent <= best.indent { best = (shift, indent) }
        }
        return best.shift
    }

    private func indent(at index: Int) -> Int {
        guard index < lines.count else { return 0 }
        return lines[index].utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    }
}

extension Range<Int> {
    fileprivate func shifted(by distance: Int) -> Self { lowerBound + distance..<upperBound + distance }
}
