import Diagnostics
import Testing
import YAML

@Suite struct EncodingTests {
    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF],
            [0xE2, 0x82, 0x20],
        ] as [[UInt8]]
    )
    func `points at a byte that is not UTF-8, and goes on after it`(_ bad: [UInt8]) {
        let bytes = Array("a: 1\n---\nü: ä".utf8) + bad + Array("\n---\nb: 2\n".utf8)
        let documents = Array(DocumentReader(bytes, file: "x.yaml"))
        #expect(documents.map { $0.root.map { Tree($0) } } == [["a": "1"], nil, ["b": "2"]])
        let found = documents.flatMap(\.diagnostics)
        #expect(found.map(\.code) == ["yaml-encoding"])
        #expect(found.first?.position == SourcePosition(file: "x.yaml", line: 3, column: 5))
        #expect(found.first?.message == "this byte is not UTF-8; the document is left out")
    }

    @Test(arguments: ["\u{0}", "\u{7}", "\u{1B}", "\u{7F}", "\u{9F}"])
    func `refuses control characters`(_ control: String) {
        let found = diagnostics("a: x\(control)y\n")
        #expect(found.map(\.code) == ["yaml-encoding"])
        #expect(found.first?.position?.column == 5)
    }

    @Test(arguments: ["é", "€", "😀", "\u{85}", "\u{FEFF}x", "\t", "\u{D7FF}", "\u{10FFFF}"])
    func `takes every other character`(_ text: String) {
        #expect(diagnostics("a: \"\(text)\"\n").isEmpty)
    }

    @Test func `names UTF-16`() {
        let bytes: [UInt8] = [0xFF, 0xFE, 0x61, 0x00]
        let found = DocumentReader(bytes, file: "x").flatMap(\.diagnostics)
        #expect(found.map(\.message) == ["the file is UTF-16 and is not read"])
    }
}
