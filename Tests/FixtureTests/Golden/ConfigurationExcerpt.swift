/// The part of a configuration that the baseline lacks: the one that no Ingress at all comes to.
///
/// It is cut into paragraphs: what stands between blank lines directly in `http` or outside of it, blocks as a whole. A
/// line `…` stands for paragraphs as the baseline has them; what the baseline has and this one lacks is said in a comment.
struct ConfigurationExcerpt {
    let text: String

    init(of configuration: String, besides baseline: String) {
        var lines: [String] = []
        var rest = Self.paragraphs(of: baseline)[...]
        for paragraph in Self.paragraphs(of: configuration) {
            guard let index = rest.firstIndex(of: paragraph) else {
                lines += (lines.isEmpty ? [] : [""]) + [paragraph]
                continue
            }
            lines += Self.missing(rest[..<index])
            rest = rest[(index + 1)...]
            if lines.last != Self.likeBaseline { lines.append(Self.likeBaseline) }
        }
        lines += Self.missing(rest)
        text = lines.map { $0 + "\n" }.joined()
    }

    private static let likeBaseline = "…"

    private static func missing(_ paragraphs: ArraySlice<String>) -> [String] {
        paragraphs.map { "# without: \($0.prefix { !$0.isNewline }.drop { $0 == " " })" }
    }

    /// Without the brace that closes `http`.
    private static func paragraphs(of configuration: String) -> [String] {
        var paragraphs: [[Substring]] = [[]]
        let lines = configuration.split(separator: "\n", omittingEmptySubsequences: false)
        for (line, next) in zip(lines, lines.dropFirst()) {
            let isBetween = line.isEmpty && !next.hasPrefix("        ")
            if isBetween { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(line) }
        }
        if paragraphs.last?.last == "}" { paragraphs[paragraphs.count - 1].removeLast() }
        return paragraphs.map { $0.joined(separator: "\n") }
    }
}
