/// nginx's rules for where a word begins and ends, byte by byte.
///
/// Holes are fed to it like bytes: outside of quotes they are part of a word.
struct WordLexer {
    enum Mode: Hashable {
        /// After a space or at the start: the next byte begins a word.
        case separated
        case word
        case quoted(UInt8)
        /// After a closing quote, where only a separator may follow.
        case afterQuote
        case comment
    }

    /// The lexical role of a byte.
    enum Event {
        case nothing
        case endOfDirective, openingBrace, closingBrace
        /// A byte that may not follow a closing quote.
        case missingSpace
        /// A hole after a backslash, which would change what the value's first byte means.
        case escapedHole
    }

    private(set) var mode = Mode.separated
    /// The word so far.
    private var word: Word?
    private var bytes: [UInt8] = []
    /// The next byte follows a backslash, which takes its meaning away.
    private(set) var isEscaped = false
    private var isAfterDollar = false

    /// A word has begun, and what follows directly would be joined to it.
    var isTouching: Bool { mode == .word || mode == .afterQuote }

    /// Goes on as if a word stood directly before.
    mutating func touch() { if mode == .separated { mode = .afterQuote } }

    mutating func take(_ byte: UInt8, at offset: Int) -> Event {
        switch mode {
        case .comment:
            if byte == UInt8(ascii: "\n") { mode = .separated }
            return .nothing
        case .quoted(let quote):
            takeQuoted(byte, quote: quote)
            return .nothing
        case .afterQuote: return takeAfterQuote(byte, at: offset)
        case .separated: return takeSeparated(byte, at: offset)
        case .word: return takeInWord(byte)
        }
    }

    mutating func take(_ hole: Path) -> Event {
        let event: Event = mode == .afterQuote ? .missingSpace : isEscaped ? .escapedHole : .nothing
        flush()
        if mode != .word, !isQuoting { word = Word(offset: hole.head.offset, pieces: []) }
        word?.pieces.append(.hole(hole))
        isAfterDollar = false
        if !isQuoting { mode = .word }
        return event
    }

    /// Where the word so far began.
    var start: Int? { word?.offset }

    /// The next byte comes right after a hole.
    var isAfterHole: Bool {
        guard mode == .word, bytes.isEmpty, case .hole? = word?.pieces.last else { return false }
        return true
    }

    private var isQuoting: Bool {
        if case .quoted = mode { true } else { false }
    }

    /// Hands out the word before a separator.
    mutating func finishWord() -> Word? {
        flush()
        defer { word = nil }
        return word
    }
}

extension WordLexer {
    private mutating func takeSeparated(_ byte: UInt8, at offset: Int) -> Event {
        switch byte {
        case _ where byte.isBlank: return .nothing
        case UInt8(ascii: ";"): return .endOfDirective
        case UInt8(ascii: "{"): return .openingBrace
        case UInt8(ascii: "}"): return .closingBrace
        case UInt8(ascii: "#"): mode = .comment
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            begin(.quoted(byte), at: offset)
        default:
            begin(.word, at: offset)
            continueWord(byte)
        }
        return .nothing
    }

    private mutating func begin(_ mode: Mode, at offset: Int) {
        self.mode = mode
        word = Word(offset: offset, pieces: [])
        // A quoted word may be empty, and is a word all the same.
        if case .quoted = mode { word?.pieces.append(.literal("")) }
    }

    private mutating func takeInWord(_ byte: UInt8) -> Event {
        if isEscaped || (byte == UInt8(ascii: "{") && isAfterDollar) {
            continueWord(byte)
            return .nothing
        }
        switch byte {
        case _ where byte.isBlank:
            mode = .separated
            return .nothing
        case UInt8(ascii: ";"):
            mode = .separated
            return .endOfDirective
        case UInt8(ascii: "{"):
            mode = .separated
            return .openingBrace
        default:
            continueWord(byte)
            return .nothing
        }
    }

    private mutating func takeQuoted(_ byte: UInt8, quote: UInt8) {
        if byte == quote, !isEscaped {
            mode = .afterQuote
        } else {
            continueWord(byte)
        }
    }

    private mutating func takeAfterQuote(_ byte: UInt8, at offset: Int) -> Event {
        switch byte {
        case _ where byte.isBlank: mode = .separated
        case UInt8(ascii: ")"):
            mode = .separated
            return takeSeparated(byte, at: offset)
        case UInt8(ascii: ";"):
            mode = .separated
            return .endOfDirective
        case UInt8(ascii: "{"):
            mode = .separated
            return .openingBrace
        default:
            mode = .separated
            _ = takeSeparated(byte, at: offset)
            return .missingSpace
        }
        return .nothing
    }

    private mutating func continueWord(_ byte: UInt8) {
        bytes.append(byte)
        isAfterDollar = !isEscaped && (byte == UInt8(ascii: "$") || (isAfterDollar && byte == UInt8(ascii: "{")))
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }

    private mutating func flush() {
        guard !bytes.isEmpty else { return }
        word?.pieces.append(.literal(String(decoding: bytes, as: UTF8.self)))
        bytes = []
        isEscaped = false
    }
}
