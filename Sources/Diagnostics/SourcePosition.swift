/// A place in a text file that a person can go to.
///
/// Lines and columns are 1-based; a column counts Unicode scalars, as libyaml and most editors do.
package struct SourcePosition: Sendable, Hashable, Comparable, CustomStringConvertible {
    private var name: PrintableText
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        name = PrintableText(file)
        self.line = line
        self.column = column
    }

    /// The file as the user named it, in characters that print; `<stdin>` for standard input.
    package var file: String {
        get { name.text }
        set { name = PrintableText(newValue) }
    }

    package var description: String { "\(name):\(line):\(column)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.name, left.line, left.column) < (right.name, right.line, right.column)
    }
}
