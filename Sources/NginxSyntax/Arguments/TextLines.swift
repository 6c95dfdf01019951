/// Text of several lines with variables, for places that nginx evaluates; the lexer makes line breaks of `\n`.
package struct TextLines: DirectiveArgument {
    package static var kind: ArgumentKind { .expression }

    /// One at least.
    package let lines: [Expression]

    /// A text of one line.
    package init(_ line: Expression) { lines = [line] }

    /// Returns `nil` for no line, and for lines that are too long for nginx together.
    package init?(_ lines: [Expression]) {
        guard !lines.isEmpty else { return nil }
        self.lines = lines
        var output: [UInt8] = []
        write(to: &output)
        guard output.count <= ArgumentForm.longestForm else { return nil }
    }

    package func write(to output: inout [UInt8]) {
        guard lines.count > 1 else { return lines.first?.write(to: &output) ?? () }
        output.append(UInt8(ascii: "\""))
        for (index, line) in lines.enumerated() {
            if index > 0 { output.append("\\n") }
            line.writeQuoted(to: &output)
        }
        output.append(UInt8(ascii: "\""))
    }
}
