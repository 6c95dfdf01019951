extension TextDiff {
    /// One place where the texts differ, with the unchanged lines around it.
    package struct Hunk: Sendable, Hashable {
        /// The 1-based number of the first line in the old text; where it would stand, if the hunk has none there.
        package var oldStart: Int
        /// The 1-based number of the first line in the new text; where it would stand, if the hunk has none there.
        package var newStart: Int
        package var lines: [Line]

        /// How many of the lines stand in the old text.
        package var oldCount: Int { lines.count { $0.oldNumber != nil } }
        /// How many of the lines stand in the new text.
        package var newCount: Int { lines.count { $0.newNumber != nil } }
    }
}
