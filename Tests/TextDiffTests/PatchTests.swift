import Foundation
import Testing
import TextDiff

@Suite struct `Applying a diff` {
    @Test(arguments: 0..<60)
    func `with patch gives the new text`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let old = text(upTo: seed < 40 ? 12 : 120, using: &random)
        let new = seed % 3 == 0 ? text(upTo: 60, using: &random) : edited(old, using: &random)
        let diff = TextDiff(old: old, new: new).unified(oldName: "old", newName: "new", contextLines: Int(seed % 4))
        #expect(try patched(old, with: diff) == new)
    }

    @Test(arguments: 0..<300)
    func `by hand gives the new text, and undoing it the old`(seed: UInt64) {
        var random = SplitMix(state: seed &* 7919)
        let old = (0..<Int.random(in: 0...40, using: &random)).map { _ in line(using: &random) }
        let new = (0..<Int.random(in: 0...40, using: &random)).map { _ in line(using: &random) }
        let hunks = TextDiff(old: old, new: new).hunks(contextLines: 50)
        let lines = hunks.flatMap(\.lines)
        #expect(
            lines.filter { $0.newNumber != nil }.map { String($0.text) } == (hunks.isEmpty && old == new ? [] : new)
        )
        #expect(
            lines.filter { $0.oldNumber != nil }.map { String($0.text) } == (hunks.isEmpty && old == new ? [] : old)
        )
    }

    @Test func `texts without a common line are one replacement`() {
        let old = (0..<3_000).map { "old \($0)" }
        let new = (0..<3_000).map { "new \($0)" }
        let hunks = TextDiff(old: old, new: new).hunks
        #expect(hunks.count == 1)
        #expect(hunks.first?.oldCount == 3_000)
    }

    @Test(.timeLimit(.minutes(10))) func `a hundred thousand lines with small changes are compared`() {
        let old = (0..<100_000).map { $0 % 4 == 3 ? "}" : "    directive\($0 / 2) value;" }
        var new = old
        new.insert("    added;", at: 50)
        new[50_000] = "    changed;"
        new.remove(at: 99_990)
        #expect(TextDiff(old: old, new: new).hunks.count == 3)
    }

    @Test(.timeLimit(.minutes(10))) func `many lines that all repeat are still compared`() {
        var random = SplitMix(state: 3)
        let old = (0..<20_000).map { _ in line(using: &random) }
        let new = (0..<20_000).map { _ in line(using: &random) }
        #expect(!TextDiff(old: old, new: new).hunks.isEmpty)
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

private func line(using random: inout SplitMix) -> String {
    ["}", "{", "a", "b", "c", "", "  d", "server {", "- e", "+ f", "\\ g", "é"].randomElement(using: &random) ?? ""
}

private func text(upTo count: Int, using random: inout SplitMix) -> String {
    let lines = (0..<Int.random(in: 0...count, using: &random)).map { _ in line(using: &random) }
    let text = lines.joined(separator: "\n")
    return Bool.random(using: &random) && !text.isEmpty ? text + "\n" : text
}

private func edited(_ text: String, using random: inout SplitMix) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for _ in 0..<Int.random(in: 0...5, using: &random) {
        let index = Int.random(in: 0..<max(lines.count, 1), using: &random)
        if Bool.random(using: &random) || lines.isEmpty {
            lines.insert(line(using: &random), at: min(index, lines.count))
        } else {
            lines.remove(at: index)
        }
    }
    return lines.joined(separator: "\n")
}

private func patched(_ old: String, with diff: String) throws -> String {
    guard !diff.isEmpty else { return old }
    let folder = FileManager.default.temporaryDirectory.appending(path: "TextDiffTests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(old.utf8).write(to: folder.appending(path: "old"))
    try Data(diff.utf8).write(to: folder.appending(path: "diff"))
    // A fuzz of 0 makes patch refuse context that does not fit.
    let command = "cd '\(folder.path)' && patch --silent --fuzz=0 --output=new old diff"
    let patch = try #require(popen(command, "r"))
    #expect(pclose(patch) == 0)
    return String(decoding: try Data(contentsOf: folder.appending(path: "new")), as: UTF8.self)
}
