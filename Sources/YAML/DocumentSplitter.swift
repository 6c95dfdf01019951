/// Cuts a text at its document markers, so that an error in one document leaves the others readable.
///
/// A line that begins with `---` or `...` is a marker wherever it stands: YAML allows neither in the first column of
/// quoted text or of a block scalar.
struct DocumentSplitter {
    /// One document with the directives before it.
    struct Part {
        var range: Range<Int>
        /// The number of lines before the part.
        var precedingLines: Int
        /// The first byte sequence in it that no YAML text may hold.
        var defect: EncodingDefect?
    }

    private let bytes: [UInt8]
    private var offset = 0
    private var line = 0
    private var scanner = LineScanner()

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next part with content, or with a defect outside of it.
    mutating func next() -> Part? {
        while offset < bytes.count {
            let (part, hasContent) = nextPart()
            if hasContent || part.defect != nil { return part }
        }
        return nil
    }

    private mutating func nextPart() -> (Part, hasContent: Bool) {
        skipByteOrderMark()
        var part = Part(range: offset..<offset, precedingLines: line)
        var hasContent = false
        while offset < bytes.count {
            let kind = LineKind(bytes, at: offset)
            // A byte order mark may only stand where a part begins.
            if kind == .start, hasContent || bytes[offset] == 0xEF { break }
            if kind == .start || kind == .content { hasContent = true }
            let end = scanner.end(of: bytes, from: offset, line: line, defect: &part.defect)
            offset = end
            line += 1
            if kind == .end { break }
        }
        part.range = part.range.lowerBound..<offset
        return (part, hasContent)
    }

    private mutating func skipByteOrderMark() {
        if bytes[offset...].starts(with: LineKind.byteOrderMark) { offset += 3 }
    }
}

/// The role of a line in the cutting of documents.
private enum LineKind {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    case start, end, content
    /// A directive, a comment or nothing.
    case prologue

    init(_ bytes: [UInt8], at start: Int) {
        switch bytes[start] {
        case UInt8(ascii: "-") where Self.isMarker(bytes, at: start): self = .start
        case 0xEF where bytes[start...].starts(with: Self.byteOrderMark) && Self.isMarker(bytes, at: start + 3):
            self = .start
        case UInt8(ascii: ".") where Self.isMarker(bytes, at: start): self = .end
        case UInt8(ascii: "%"): self = .prologue
        default: self = Self.isBlankOrComment(bytes, from: start) ? .prologue : .content
        }
    }

    private static func isMarker(_ bytes: [UInt8], at start: Int) -> Bool {
        guard start + 3 <= bytes.count, bytes[start] == bytes[start + 1], bytes[start] == bytes[start + 2] else {
            return false
        }
        guard bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: ".") else { return false }
        guard start + 3 < bytes.count else { return true }
        switch bytes[start + 3] {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
        default: return false
        }
    }

    private static func isBlankOrComment(_ bytes: [UInt8], from start: Int) -> Bool {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): index += 1
            case UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return true
            default: return false
            }
        }
        return true
    }
}
