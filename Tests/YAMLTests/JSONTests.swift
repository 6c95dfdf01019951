import Diagnostics
import TestSupport
import Testing
import YAML

@Suite struct JSONTests {
    @Test func `reads JSON with its own white space and escapes`() {
        let text = "{\n\t\"a\":\t[1, -2.5e3, true, null],\r\n\t\"b\\/\": \"\\ud83d\\ude00\\u00e4\\n\\\"\\\\\"\n}\n"
        #expect(trees(text) == [["a": ["1", "-2.5e3", "true", "null"], "b/": "😀ä\n\"\\"]])
        #expect(diagnostics(text).isEmpty)
    }

    @Test func `reads a key of thousands of characters`() {
        let key = String(repeating: "k", count: 5_000)
        #expect(trees("{\"\(key)\": 1}") == [.map([key: "1"])])
    }

    @Test(arguments: ["{\"a\": 1}{\"b\": 2}", "{\"a\": 1}\n{\"b\": 2}\n", "---\n{\"a\": 1}\n---\n{\"b\": 2}"])
    func `reads objects after each other as documents`(_ text: String) {
        #expect(trees(text) == [["a": "1"], ["b": "2"]])
    }

    @Test(arguments: ["{}", "{ }", "[]", "[ ]", "{\"a\":{}}"])
    func `reads what is empty`(_ text: String) {
        #expect(diagnostics(text, file: "a.json").isEmpty)
        #expect(trees(text, file: "a.json").count == 1)
    }

    @Test func `keeps quoted values text`() {
        let root = DocumentReader("[\"true\", true]", file: "a").first { _ in true }?.root
        guard case .sequence(let items) = root?.value else { return #expect(Bool(false)) }
        #expect(
            items.map(\.value) == [.scalar(Scalar("true", isPlain: false)), .scalar(Scalar("true", isPlain: true))]
        )
    }

    @Test func `reads YAML between braces too`() {
        #expect(trees("{a: b, 'c': [d,]}\n") == [["a": "b", "c": ["d"]]])
    }

    @Test func `knows where values stand`() {
        let root = DocumentReader("{\r\n \"ä\": \"😀\", \"b\": 1}", file: "a.json").first { _ in true }?.root
        guard case .mapping(let mapping) = root?.value else { return #expect(Bool(false)) }
        #expect(mapping.entries.map(\.keyPosition) == [.init(line: 2, column: 2), .init(line: 2, column: 12)])
        #expect(mapping.entries.map(\.value.position) == [.init(line: 2, column: 7), .init(line: 2, column: 17)])
    }

    @Test(
        arguments: [
            "{\"a\": 👉}", "{\"a\" 👉1}", "{\"a\": 1 👉\"b\": 2}", "{\"a\": 1, 👉}", "[1 👉2]", "[👉01]", "[👉tru]", "[👉+1]",
            "[👉1.2.3]",
            "{\"a\": 👉\"x", "{\"a\": \"x👉\t\"}", "{\"a\": \"x👉\\q\"}", "[\"👉\\ud83d\"]", "[\"👉\\ude00\"]",
            "[\"👉\\u12g4\"]",
            "{👉a: 1}", "[1👉",
        ] as [MarkedText]
    )
    func `points at what is not JSON in a file that says it is`(_ marked: MarkedText) {
        let found = diagnostics("{\"ok\": 1}\n" + marked.text, file: "a.json")
        #expect(found.map(\.code) == ["json-syntax"])
        #expect(found.first?.position == SourcePosition(file: "a.json", line: marked.line + 1, column: marked.column))
        #expect(trees("{\"ok\": 1}\n" + marked.text, file: "a.json") == [["ok": "1"], nil])
    }

    @Test func `passes over values that nobody wants, whatever they hold`() throws {
        let text =
            #"{"a": {"skip": {"b": [1, "]}\"", {"skip": null}]}, "c": 1}, "skip": "x", "d": [{"skip": 2, "e": "f"}]}"#
        let root = try JSONReader(skippedKeys: ["skip"]).read(Array(text.utf8))
        #expect(root["a"]?["skip"] == nil && root["skip"] == nil)
        #expect(root["a"]?["c"]?.value == .scalar(Scalar("1", isPlain: true)))
        guard case .sequence(let items) = root["d"]?.value else { return #expect(Bool(false)) }
        #expect(items.map { $0["e"]?.text } == ["f"] && items.first?["skip"] == nil)
    }

    @Test(arguments: [
        "", "{", "{} {}", "{}x", #"{"skip": }"#, #"{"skip": [1}"#, #"{"skip": "x}"#, #"{"skip": {"a": 1"#,
    ])
    func `reads one whole value or none`(_ text: String) {
        #expect(throws: JSONError.self) { try JSONReader(skippedKeys: ["skip"]).read(Array(text.utf8)) }
    }
}
