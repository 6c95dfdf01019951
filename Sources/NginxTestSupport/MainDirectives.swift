/// The directives of an nginx.conf that stand outside of all blocks, included files left aside.
struct MainDirectives {
    /// The arguments by the directive's name; of a repeated directive those of the last.
    private(set) var arguments: [String: [String]] = [:]

    init(_ configuration: String) {
        var words: [String] = []
        var depth = 0
        var rest = configuration.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "#": rest = rest.drop { $0 != "\n" }
            case "{": (depth, words) = (depth + 1, [])
            case "}": (depth, words) = (depth - 1, [])
            case ";":
                if depth == 0, let name = words.first { arguments[name] = Array(words.dropFirst()) }
                words = []
            case "'", "\"":
                words.append(Self.word(from: &rest) { $0 == scalar })
                rest = rest.dropFirst()
            case _ where scalar.properties.isWhitespace: continue
            default:
                let more = Self.word(from: &rest) { $0.properties.isWhitespace || $0 == ";" || $0 == "{" }
                words.append(String(scalar) + more)
            }
        }
    }

    /// Reads up to the scalar that ends a word; a backslash takes what follows as it is.
    private static func word(
        from rest: inout Substring.UnicodeScalarView,
        endingAt isEnd: (Unicode.Scalar) -> Bool
    ) -> String {
        var word = String.UnicodeScalarView()
        while let scalar = rest.first, !isEnd(scalar) {
            rest = rest.dropFirst()
            word.append(scalar == "\\" ? rest.popFirst() ?? scalar : scalar)
        }
        return String(word)
    }
}
