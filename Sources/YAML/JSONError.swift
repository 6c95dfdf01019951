/// Why a text is not JSON.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    package var text: String
    package var position: Node.Position

    package var description: String { "\(text) (line \(position.line), column \(position.column))" }
}
