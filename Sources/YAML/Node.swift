/// A value in a YAML document, and where it stands.
package struct Node: Sendable, Hashable {
    package let value: Value
    package let position: Position

    package init(_ value: Value, at position: Position) {
        self.value = value
        self.position = position
    }

    package enum Value: Sendable, Hashable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping(Mapping)
        /// Something that was refused with a diagnostic, such as a mapping with a key twice.
        ///
        /// A reader that meets it leaves out what needs it, and reports nothing more.
        case refused
    }

    /// A line and a column, both 1-based; a column counts Unicode scalars.
    package struct Position: Sendable, Hashable, Comparable {
        // Narrow, as there is one for each node of a file.
        private let storedLine: Int32
        private let storedColumn: Int32

        package init(line: Int, column: Int) {
            storedLine = Int32(clamping: line)
            storedColumn = Int32(clamping: column)
        }

        package var line: Int { Int(storedLine) }
        package var column: Int { Int(storedColumn) }

        package static func < (left: Self, right: Self) -> Bool {
            (left.storedLine, left.storedColumn) < (right.storedLine, right.storedColumn)
        }
    }

    /// Whether the node says nothing: absent, `~` or `null`.
    package var isNull: Bool {
        guard case .scalar(let scalar) = value else { return false }
        return scalar.meaning == .null
    }
}
