/// A text with a mark at the place that a diagnostic must point to.
package struct MarkedText: Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let text: String
    package let line: Int
    package let column: Int

    package init(stringLiteral marked: String) {
        let scalars = Array(marked.unicodeScalars)
        let index = scalars.firstIndex(of: "👉") ?? scalars.count
        let before = scalars[..<index]
        let lineStart = (before.lastIndex(of: "\n") ?? -1) + 1
        line = before.count { $0 == "\n" } + 1
        column = index - lineStart + 1
        text = marked.replacing("👉", with: "")
    }

    package var description: String { text }
}
