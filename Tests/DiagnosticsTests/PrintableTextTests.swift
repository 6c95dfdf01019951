import Diagnostics
import Testing

struct PrintableTextTests {
    @Test func `no character passes that hides, moves or colours others, or looks like a space`() {
        let blocks: [ClosedRange<UInt32>] = [0...0x2FFFF, 0xE0000...0xE0FFF, 0xF0000...0xF00FF, 0x10FF00...0x10FFFF]
        let passed = blocks.lazy.joined().compactMap(Unicode.Scalar.init).filter { scalar in
            let text = "a\(String(scalar))b".printable
            let isRefused =
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
                case .spaceSeparator: scalar != " "
                default: scalar.properties.isDefaultIgnorableCodePoint
                }
            return isRefused && text != "a\\u{\(String(scalar.value, radix: 16))}b"
        }
        #expect(Array(passed) == [])
    }

    @Test(arguments: [
        ("plain", "plain"), ("", ""), ("bücher 日本 🙂", "bücher 日本 🙂"), ("a\u{1B}[31mb", "a\\u{1b}[31mb"),
        ("a\r\nb", "a\\u{d}\\u{a}b"), ("a\u{9B}b", "a\\u{9b}b"), ("a\u{2028}b", "a\\u{2028}b"),
        ("a\u{202E}b", "a\\u{202e}b"), ("a\u{A0}b", "a\\u{a0}b"), ("a\u{3164}b", "a\\u{3164}b"),
        ("a\u{2800}b", "a\\u{2800}b"), ("\u{301}a", "\\u{301}a"), ("e\u{301}", "e\u{301}"),
        // What systems that run builds take for a command.
        ("::error file=x::y", ":\\u{3a}error file=x::y"), ("  ::add-mask::x", "  :\\u{3a}add-mask::x"),
        ("##[error]x", "#\\u{23}[error]x"), ("x ##vso[task]y", "x #\\u{23}vso[task]y"), ("a::b", "a::b"),
        ("fd00::1", "fd00::1"),
    ])
    func `what does not print is escaped, and the rest stays`(_ text: String, _ printed: String) {
        #expect(text.printable == printed)
    }

    @Test func `marks in heaps do not cover the lines around`() {
        let heap = "e" + String(repeating: "\u{301}", count: 5)
        #expect(heap.printable == "e\u{301}\u{301}\u{301}\\u{301}\\u{301}")
    }

    @Test(arguments: ["a", "\u{1B}", "é", "\u{301}", "#", ":"], [1, 10, 11, 4_000, 100_000])
    func `a text is of bounded length, and escaping it again changes nothing`(_ piece: String, _ count: Int) {
        let long = String(repeating: piece, count: count)
        let once = PrintableText(long)
        #expect(once.text.unicodeScalars.count <= PrintableText.longest)
        #expect(PrintableText(once.text) == once)
        #expect(PrintableText(long, limit: 10).text.unicodeScalars.count <= 10)
    }

    @Test func `a finding holds no raw character in any of its parts`() {
        let hostile = "\n::error::x\u{1B}[2J\u{202E}"
        var finding = Diagnostic(
            .error,
            code: "x",
            hostile,
            field: hostile,
            position: SourcePosition(file: hostile, line: 1, column: 1),
            hint: hostile
        )
        #expect(isPrinted(finding))
        finding.message = hostile
        finding.field = hostile
        finding.hint = hostile
        finding.position?.file = hostile
        #expect(isPrinted(finding))
    }

    @Test func `a file's name cannot begin a line with a command`() {
        let place = SourcePosition(file: "::error title=x::y.yaml", line: 1, column: 2)
        #expect(Diagnostic(.error, code: "x", "y", position: place).text.hasPrefix(":\\u{3a}error"))
    }

    /// Whether a finding is two lines, that of the hint among them, of characters that print.
    private func isPrinted(_ finding: Diagnostic) -> Bool {
        let lines = finding.text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.count == 2 && lines[1].hasPrefix("    hint: ")
            && lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.prints } && !$0.hasPrefix("::") }
    }
}
