/// A place between two elements of a rendering.
struct OutputMark: Sendable, Hashable {
    var byteCount: Int
    var newlines: Int
    var juncture: Juncture

    /// The part of the earlier output that decides about what follows.
    struct Juncture: Sendable, Hashable {
        var blankIsPending: Bool
        var originHasChanged: Bool
        /// Whether a blank line may stand here.
        var mayPrecedeBlankLine: Bool
        /// Whether whole lines have been written.
        var endsLine: Bool
    }

    /// The same place in a text of which less or more stands before it.
    func moved(from start: OutputMark, to new: OutputMark) -> OutputMark {
        OutputMark(
            byteCount: byteCount - start.byteCount + new.byteCount,
            newlines: newlines - start.newlines + new.newlines,
            juncture: juncture
        )
    }
}
