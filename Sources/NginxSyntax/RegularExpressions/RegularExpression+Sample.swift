extension RegularExpression {
    /// A short text that it probably matches.
    ///
    /// Whatever the reader of patterns cannot tell stands for no text in it.
    package var likelyMatch: String {
        String(decoding: PatternTree(pattern).samples.first ?? [], as: UTF8.self)
    }
}
