/// Text of several lines, for places that nginx takes as they are; the lexer makes line breaks of `\n`.
package struct TextBlock: DirectiveArgument {
    package static var kind: ArgumentKind { .text }

    /// One at least.
    package let lines: [Text]

    /// Returns `nil` for no line, and for lines that are too long for nginx together.
    package init?(_ lines: [Text]) {
        guard !lines.isEmpty else { return nil }
        self.lines = lines
        var output: [UInt8] = []
        write(to: &output)
        guard output.count <= ArgumentForm.longestForm else { return nil }
    }

    /// Lines of our own.
    ///
    /// - Precondition: nginx can carry them together.
    package init(known literal: StaticString) {
        guard let block = TextBlock("\(literal)".split(separator: "\n").compactMap { Text(String($0)) }) else {
            preconditionFailure("nginx cannot carry '\(literal)'")
        }
        self = block
    }

    package func write(to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for (index, line) in lines.enumerated() {
            if index > 0 { output.append("\\n") }
            line.form.writeEscaped(to: &output)
        }
        output.append(UInt8(ascii: "\""))
    }
}
