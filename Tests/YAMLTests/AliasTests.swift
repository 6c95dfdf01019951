import Diagnostics
import Testing
import YAML

@Suite struct AliasTests {
    @Test func `repeats what an anchor names`() {
        #expect(
            trees("a: &x {b: c}\nd: *x\ne: &y 1\nf: *y\n") == [["a": ["b": "c"], "d": ["b": "c"], "e": "1", "f": "1"]]
        )
    }

    @Test func `lets the later of two anchors win`() {
        #expect(trees("a: &x 1\nb: &x 2\nc: *x") == [["a": "1", "b": "2", "c": "2"]])
    }

    @Test func `keeps anchors to their document`() {
        #expect(diagnostics("a: &x 1\n---\nb: *x\n").map(\.code) == ["yaml-unknown-anchor"])
    }

    @Test func `merges mappings under the keys that are written out`() {
        let text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  <<: [*a, *b]\n  x: 0\nd:\n  x: 0\n  <<: *b\n"
        guard case .map(let map) = trees(text).first ?? nil else { return #expect(Bool(false)) }
        #expect(map["c"] == ["x": "0", "y": "1", "z": "2"])
        #expect(map["d"] == ["x": "0", "y": "2", "z": "2"])
    }

    @Test func `takes a quoted merge key for a key`() {
        #expect(trees("'<<': {a: b}") == [["<<": ["a": "b"]]])
    }

    @Test(arguments: [
        ("<<: 1", "yaml-merge"), ("<<: [{a: b}, c]", "yaml-merge"), ("<<: {a: b}\n<<: {c: d}", "yaml-duplicate-key"),
        ("a: &x [*x]", "yaml-alias-cycle"), ("&x a: {b: *y}", "yaml-unknown-anchor"),
    ])
    func `refuses what cannot be merged or repeated`(_ text: String, _ code: String) {
        #expect(diagnostics(text).map(\.code) == [code])
    }

    @Test func `suggests the anchor that was meant`() {
        #expect(diagnostics("a: &defaults 1\nb: *default").first?.hint == "did you mean '*defaults'?")
    }

    @Test(.timeLimit(.minutes(10))) func `refuses a document that repeats itself without end`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(diagnostics(text + "---\nb: 1\n").map(\.code) == ["yaml-alias-limit"])
        #expect(trees(text + "---\nb: 1\n") == [nil, ["b": "1"]])
    }

    @Test(.timeLimit(.minutes(10))) func `refuses merges that repeat without end`() {
        var text = "a0: &a0 {" + (0..<50).map { "k\($0): v" }.joined(separator: ", ") + "}\n"
        for level in 1...30 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) {<<: [\(items)]}\n"
        }
        #expect(diagnostics(text).map(\.code) == ["yaml-alias-limit"])
    }

    @Test func `lets an honest document repeat what it likes`() {
        let aliases = (0..<500).map { "k\($0): *x" }.joined(separator: "\n")
        #expect(diagnostics("x: &x {a: 1, b: 2, c: [1, 2, 3]}\n" + aliases).isEmpty)
    }
}
