/// A place in a text file that a person can go to.
///
/// Lines and columns are 1-based; a column counts Unicode scalars, as libyaml and most editors do.
package struct SourcePosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The file as the user named it; `<stdin>` for standard input.
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
