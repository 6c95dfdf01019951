import Diagnostics

/// Cuts a template into text, holes, tags and comments, and drops the lines that only tags stand on.
struct Lexer {
    let source: SourceText
    private(set) var tokens: [Token] = []
    private(set) var diagnostics: [Diagnostic] = []
    private var position = 0

    init(_ source: SourceText) {
        self.source = source
        while position < source.bytes.count { lexOne() }
        tidyLines()
    }

    private mutating func lexOne() {
        let start = position
        while let byte = self[position] {
            if let kind = opening(at: position) {
                append(.text, from: start)
                return lexBraces(kind)
            }
            position += 1
            guard byte != UInt8(ascii: "\n") else { break }
        }
        append(.text, from: start)
    }

    private mutating func lexBraces(_ kind: Token.Kind) {
        let start = position
        position += 2
        while let byte = self[position] {
            if byte == kind.closing, self[position + 1] == UInt8(ascii: "}") {
                position += 2
                return append(kind, from: start)
            }
            guard byte != UInt8(ascii: "\n") || kind == .comment else { break }
            position += 1
        }
        diagnostics.append(.unclosed(kind, at: start, in: source))
        if kind == .tag { appendUnclosedTag(from: start) }
    }

    /// Reads the rest of the line as if it had been closed, so that what follows keeps its meaning.
    private mutating func appendUnclosedTag(from start: Int) {
        var end = position
        while end > start + 2, source.bytes[end - 1].isBlank || "}%".utf8.contains(source.bytes[end - 1]) { end -= 1 }
        tokens.append(Token(kind: .tag, range: start..<end + 2))
    }

    private func opening(at index: Int) -> Token.Kind? {
        guard self[index] == UInt8(ascii: "{") else { return nil }
        return switch self[index + 1] {
        case UInt8(ascii: "{"): .hole
        case UInt8(ascii: "%"): .tag
        case UInt8(ascii: "#"): .comment
        default: nil
        }
    }

    private mutating func append(_ kind: Token.Kind, from start: Int) {
        guard start < position else { return }
        tokens.append(Token(kind: kind, range: start..<position))
    }

    private subscript(index: Int) -> UInt8? {
        index < source.bytes.count ? source.bytes[index] : nil
    }
}

extension Lexer {
    /// Goes through the tokens line by line: a line is what ends with a text that ends with a line break.
    private mutating func tidyLines() {
        var tidied: [Token] = []
        var line: [Token] = []
        for token in tokens {
            line.append(token)
            guard token.kind == .text, source.bytes[token.range.upperBound - 1] == UInt8(ascii: "\n") else { continue }
            tidied += tidy(line)
            line = []
        }
        tokens = tidied + tidy(line)
    }

    private func tidy(_ line: [Token]) -> [Token] {
        let hasTags = line.contains { $0.kind == .tag || $0.kind == .comment }
        let hasOutput = line.contains { $0.kind == .hole || ($0.kind == .text && !isBlank($0.range)) }
        if hasTags, !hasOutput { return tagsAlone(line) }

        var kept = line.filter { $0.kind != .comment }
        guard let first = kept.first else { return [] }
        if first.kind == .text {
            kept[0].startsLine = true
        } else {
            let start = first.range.lowerBound
            kept.insert(Token(kind: .text, range: start..<start, startsLine: true), at: 0)
        }
        return kept
    }

    private func tagsAlone(_ line: [Token]) -> [Token] {
        var tags = line.filter { $0.kind == .tag }
        guard tags.count == 1, let first = line.first else { return tags }
        tags[0].indentation = tags[0].range.lowerBound - first.range.lowerBound
        return tags
    }

    private func isBlank(_ range: Range<Int>) -> Bool {
        source.bytes[range].allSatisfy(\.isBlank)
    }
}

extension Token.Kind {
    fileprivate var closing: UInt8 {
        switch self {
        case .tag: UInt8(ascii: "%")
        case .comment: UInt8(ascii: "#")
        case .hole, .text: UInt8(ascii: "}")
        }
    }

    fileprivate var delimiters: (opening: String, closing: String) {
        switch self {
        case .tag: ("{%", "%}")
        case .comment: ("{#", "#}")
        case .hole, .text: ("{{", "}}")
        }
    }
}

extension UInt8 {
    /// The bytes that nginx takes for space between arguments.
    var isBlank: Bool {
        switch self {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        default: false
        }
    }
}

extension Diagnostic {
    fileprivate static func unclosed(_ kind: Token.Kind, at offset: Int, in source: SourceText) -> Diagnostic {
        let (opening, closing) = kind.delimiters
        let place = kind == .comment ? "" : " on the same line"
        return source.error("unclosed", "'\(opening)' is not closed by '\(closing)'\(place)", at: offset)
    }
}
