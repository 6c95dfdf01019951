extension RegularExpression {
    /// A short text for which the expression takes more steps of PCRE2 than any plain one.
    package struct Backtracking: Sendable, Hashable {
        package let text: [UInt8]
        /// The text takes more steps than this.
        package let steps: Int
    }

    /// Looks for a short text that the expression takes long for, as for `/(a+)+$` the path `/aaaaaaaaaaaaaaaa!`.
    ///
    /// The same on every machine: what PCRE2 counts is steps, not time. What takes 10,000 steps for a repetition of
    /// 64 bytes grows faster than with the square of the length.
    package var backtracking: Backtracking? {
        guard let program = try? CompiledPattern("^(?:\(pattern))", ignoringCase: true) else { return nil }
        let tree = PatternTree(pattern)
        // A match of a part of it is no match of the whole; PCRE2 looks first whether a text has all that it needs.
        let whole = tree.samples.first ?? []
        let ends = [[], [UInt8(ascii: "!")], [UInt8(ascii: "!")] + whole, [UInt8(ascii: "\n")] + whole]
        for repetition in tree.repetitions().prefix(Self.mostRepetitions) {
            let count = Self.longestRepetition / repetition.sample.count
            guard count > 1 else { continue }
            let text = repetition.before + Array([[UInt8]](repeating: repetition.sample, count: count).joined())
            for end in ends where program.outcome(in: text + end, limit: UInt32(Self.plainSteps)) == .givenUp {
                return Backtracking(text: text + end, steps: Self.plainSteps)
            }
        }
        return nil
    }

    private static let longestRepetition = 64
    private static let plainSteps = 10_000
    /// Bounds the work for a pattern that is made to be measured for long.
    private static let mostRepetitions = 32
}
