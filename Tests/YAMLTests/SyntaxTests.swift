import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct SyntaxTests {
    @Test(
        arguments: [
            "a: [b, c\nd👉: e\n",
            "a: 👉\"never closed\n",
            "a: 👉'never closed\n",
            "a:\n👉\tb: c\n",
            "a: b👉: c\n",
            "ä: 👉@b\n",
            "a:\n  - b\n 👉c: d\n",
            "a: \"👉\\q\"\n",
            "key without colon\nnext👉: x\n",
            "a: 'x'👉y\n",
            "a: {b: c\n👉",
        ] as [MarkedText]
    )
    func `points at what is not YAML, and goes on after it`(_ marked: MarkedText) throws {
        let text = "before: 1\n---\n" + marked.text + "---\nafter: 2\n"
        #expect(trees(text) == [["before": "1"], nil, ["after": "2"]])
        let diagnostic = try #require(diagnostics(text).first)
        #expect(diagnostic.code == "yaml-syntax")
        #expect(diagnostic.severity == .error)
        #expect(diagnostic.position == SourcePosition(file: "a.yaml", line: marked.line + 2, column: marked.column))
        #expect(diagnostic.message.hasSuffix("; the document is left out"))
        #expect(diagnostics(text).count == 1)
    }

    @Test(arguments: [
        ("a:\n\tb: c", "a tab cannot indent YAML"),
        ("a: `b`", "a plain value cannot begin with '`'"),
        ("a: \"b", "this quoted text is never closed"),
        ("a: {b: c", "expected ',' or '}' here, to close the '{' at 1:4"),
    ])
    func `says what is wrong in words for people`(_ text: String, _ message: String) {
        #expect(diagnostics(text).map(\.message) == [message + "; the document is left out"])
    }

    @Test(arguments: ["{{- if .Values.x }}\na: b\n{{- end }}\n", "a: {{ .Values.x }}\n"])
    func `recognises a Helm template`(_ text: String) {
        let hints = diagnostics(text).compactMap(\.hint)
        #expect(hints == ["if this is a Helm template, render it first with 'helm template'"])
    }

    @Test(
        arguments: ["a: 1\n👉a: 2\n", "x:\n  - {b: 1, 👉b: 2}\n", "{\"a\": 1, 👉\"a\": 2}", "a: 1\n👉\"a\": 2\n"]
            as [MarkedText]
    )
    func `refuses a key that comes twice`(_ marked: MarkedText) {
        let found = diagnostics(marked.text)
        #expect(found.map(\.code) == ["yaml-duplicate-key"])
        #expect(found.first?.position == SourcePosition(file: "a.yaml", line: marked.line, column: marked.column))
        #expect(trees(marked.text).contains(.refused) || trees(marked.text) == [["x": [.refused]]])
    }

    @Test func `says where the first of two equal keys is`() {
        #expect(diagnostics("x: 1\na: 1\na: 2").first?.message.contains("the first is at 2:1") == true)
    }

    @Test func `refuses a key that is no text`() {
        #expect(diagnostics("? [a]\n: b").map(\.code) == ["yaml-complex-key"])
    }

    @Test(arguments: [0, 1, 2])
    func `refuses what nests too deeply, and nothing less`(_ excess: Int) {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let depth = 99 + excess
            let text = String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
            #expect(diagnostics(text).map(\.code) == (excess < 2 ? [] : ["yaml-nesting"]), "\(open)")
        }
    }

    @Test(.timeLimit(.minutes(10))) func `refuses a hundred thousand brackets at once`() {
        #expect(diagnostics(String(repeating: "[", count: 100_000)).map(\.code) == ["yaml-nesting"])
        #expect(diagnostics(String(repeating: "- ", count: 100_000)).map(\.code) == ["yaml-nesting"])
    }
}
