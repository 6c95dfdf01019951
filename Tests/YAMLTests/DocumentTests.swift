import Diagnostics
import Testing
import YAML

@Suite struct DocumentTests {
    @Test func `reads the documents of a text`() {
        #expect(trees("a: 1\n---\n- x\n- 'y'\n---\nz\n") == [["a": "1"], ["x", "y"], "z"])
    }

    @Test(arguments: ["", "\n\n", "# nothing\n", "---\n# nothing\n", "---\n---\n", "...\n", "\u{FEFF}"])
    func `finds nothing in empty documents`(_ text: String) {
        #expect(trees(text).allSatisfy { $0 == "" })
        #expect(diagnostics(text).isEmpty)
    }

    @Test(arguments: [
        "a: 1\r\n---\r\nb: 2\r\n", "a: 1\r---\rb: 2\r", "\u{FEFF}a: 1\n\u{FEFF}---\nb: 2", "a: 1\n...\nb: 2",
    ])
    func `takes each kind of line end, byte order mark and document end`(_ text: String) {
        #expect(trees(text) == [["a": "1"], ["b": "2"]])
        #expect(diagnostics(text).isEmpty)
    }

    @Test func `takes directives with the document that they precede`() {
        #expect(trees("# first\n%YAML 1.1\n---\na: 1\n...\n%YAML 1.1\n---\nb: 2\n") == [["a": "1"], ["b": "2"]])
    }

    @Test func `does not take an indented marker for one`() {
        #expect(trees("a: |\n  x\n  ---\n  y\n") == [["a": "x\n---\ny\n"]])
    }

    @Test func `does not take text that begins like a marker for one`() {
        #expect(trees("---a: 1\n...b: 2\n") == [["---a": "1", "...b": "2"]])
    }

    @Test func `knows where nodes stand`() throws {
        let text = "\u{FEFF}# ünï\r\n---\r\nä: [ö, {x: y}]\r\n"
        let root = try #require(DocumentReader(text, file: "a").first { _ in true }?.root)
        guard case .mapping(let mapping) = root.value else { throw Failure() }
        #expect(root.position == .init(line: 3, column: 1))
        #expect(mapping.entries.first?.keyPosition == .init(line: 3, column: 1))
        guard case .sequence(let items) = mapping["ä"]?.value else { throw Failure() }
        #expect(items.map(\.position) == [.init(line: 3, column: 5), .init(line: 3, column: 8)])
    }

    @Test func `reads a text of many kilobytes`() {
        let entries = (0..<20_000).map { "key\($0): value" }
        #expect(trees(entries.joined(separator: "\n")).count == 1)
        #expect(diagnostics((entries + ["key17: again"]).joined(separator: "\n")).map(\.code) == ["yaml-duplicate-key"])
    }
}

struct Failure: Error {}
