import Diagnostics
import Testing
import YAML

/// However much is wrong with a document, little is said of it.
struct BoundTests {
    @Test(arguments: [
        String(repeating: "k: v\n", count: 10_000),
        "{" + Array(repeating: "\"k\": 1", count: 10_000).joined(separator: ",") + "}",
    ])
    func `thousands of duplicate keys have a hundred findings, and one that counts the others`(_ text: String) {
        let found = diagnostics(text)
        #expect(found.count == 101)
        #expect(found.last?.message == "9899 more findings about this document are not shown")
        #expect(found.last?.severity == .error)
        #expect(trees(text) == [.refused])
    }

    @Test func `thousands of unknown anchors do not cost a search each`() {
        let anchors = (0..<200).map { "- &anchor\($0) x\n" }.joined()
        let aliases = (0..<20_000).map { "- *other\($0)\n" }.joined()
        let duration = ContinuousClock().measure { #expect(diagnostics(anchors + aliases).count == 101) }
        #expect(duration < .seconds(20))
    }

    @Test func `each document has its own`() {
        let text = String(repeating: "a: 1\na: 2\na: 3\n---\n", count: 3)
        #expect(diagnostics(text).count == 6)
    }
}
