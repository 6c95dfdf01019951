import NginxSyntax
import TestSupport

/// Writes random configurations with every lexical form in which nginx takes a word.
struct RandomConfiguration {
    private var random: SeededRandom
    private(set) var source = ""

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        writeDirectives(depth: 0)
    }

    private mutating func writeDirectives(depth: Int) {
        for _ in 0..<Int.random(in: depth == 0 ? 1...6 : 0...4, using: &random) {
            writeBlank()
            source += "d_\(Int.random(in: 0...99, using: &random))"
            for _ in 0..<Int.random(in: 0...4, using: &random) {
                writeBlank()
                writeWord()
            }
            if depth < 4, Int.random(in: 0...3, using: &random) == 0 {
                source += Bool.random(using: &random) ? " {" : "\n{"
                writeDirectives(depth: depth + 1)
                writeBlank()
                source += "}"
            } else {
                source += Bool.random(using: &random) ? ";" : " ;"
            }
        }
    }

    private mutating func writeBlank() {
        let blanks = [" ", "  ", "\t", "\n", "\r\n", " # a \"comment\" { } ; '\n", "\n#\n", "\n"]
        source += blanks.randomElement(using: &random) ?? " "
    }

    private mutating func writeWord() {
        // crossplane splits words at blanks of Unicode too, and takes the brace of an escaped `\${`, and a blank after
        // `${name}`, into the word; a test of its own shows what nginx does with these.
        let pieces = [
            "\"", "'", "\\", "{", "}", ";", "#", " ", "$", "(", ")", "~", "n", "t", "r", "a", "1", "_", "é", "日本",
        ]
        let value = (0..<Int.random(in: 0...8, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
            .joined()
            .replacing("${", with: "$a{")
        switch Int.random(in: 0...2, using: &random) {
        case 0: source += "'\(value.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
        case 1: source += "\"\(value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
        default: source += Text(value)?.description ?? "none"
        }
    }
}
