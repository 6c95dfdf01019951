import Testing
import TextDiff

@Suite struct `Unified diff` {
    @Test func `prints what GNU diff prints`() {
        let old = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n"
        let new = "one\ntwo\nthree\nFOUR\nfive\nsix\nseven\neight\nnine\nten\neleven\n"
        let expected = """
            --- a
            +++ b
            @@ -1,10 +1,11 @@
             one
             two
             three
            -four
            +FOUR
             five
             six
             seven
             eight
             nine
             ten
            +eleven

            """
        #expect(TextDiff(old: old, new: new).unified(oldName: "a", newName: "b") == expected)
    }

    @Test(arguments: [
        ("", "a\n", "@@ -0,0 +1 @@\n+a\n"),
        ("a\n", "", "@@ -1 +0,0 @@\n-a\n"),
        ("a\n", "b\n", "@@ -1 +1 @@\n-a\n+b\n"),
        ("a\nb\n", "a\nb\nc\n", "@@ -1,2 +1,3 @@\n a\n b\n+c\n"),
        ("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n"),
        ("a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n"),
        ("x\na", "y\na", "@@ -1,2 +1,2 @@\n-x\n+y\n a\n\\ No newline at end of file\n"),
        ("a\r\n", "a\n", "@@ -1 +1 @@\n-a\r\n+a\n"),
        ("e\u{301}\n", "\u{E9}\n", "@@ -1 +1 @@\n-e\u{301}\n+\u{E9}\n"),
        ("", "\n", "@@ -0,0 +1 @@\n+\n"),
    ])
    func `counts lines as GNU diff does`(old: String, new: String, hunks: String) {
        #expect(TextDiff(old: old, new: new).unified(oldName: "a", newName: "b") == "--- a\n+++ b\n" + hunks)
    }

    @Test func `is empty for the same text`() {
        #expect(TextDiff(old: "a\nb", new: "a\nb").unified(oldName: "a", newName: "b").isEmpty)
        #expect(TextDiff(old: "", new: "").isEmpty)
    }

    @Test func `lines given without newlines all have one`() {
        let diff = TextDiff(old: ["a"], new: ["a", "b"])
        #expect(diff.unified(oldName: "a", newName: "b") == "--- a\n+++ b\n@@ -1 +1,2 @@\n a\n+b\n")
    }

    @Test func `puts the heading behind the place`() {
        let diff = TextDiff(old: "a\n", new: "b\n")
        let text = diff.unified(oldName: "a", newName: "b") { "server from line \($0.newStart)" }
        #expect(text.contains("@@ -1 +1 @@ server from line 1\n"))
    }

    @Test(arguments: [(0, 2), (2, 2), (3, 1), (9, 1)])
    func `differences share a hunk when their context touches`(contextLines: Int, hunks: Int) {
        let old = (1...20).map(String.init)
        var new = old
        new[5] = "x"
        new[12] = "y"
        let diff = TextDiff(old: old, new: new)
        #expect(diff.hunks(contextLines: contextLines).count == hunks)
    }

    @Test func `a hunk numbers its lines in both texts`() {
        let diff = TextDiff(old: "a\nb\nc\n", new: "a\nx\ny\nc\n")
        let lines: [TextDiff.Line] = [
            .context("a", old: 1, new: 1), .removed("b", old: 2), .added("x", new: 2), .added("y", new: 3),
            .context("c", old: 3, new: 4),
        ]
        #expect(diff.hunks.map(\.lines) == [lines])
        #expect(diff.hunks.map(\.oldStart) == [1])
        #expect(diff.hunks.map(\.newStart) == [1])
    }
}
