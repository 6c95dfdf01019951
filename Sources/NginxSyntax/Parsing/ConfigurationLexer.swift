/// Cuts a configuration into statements: words, and what ends them.
struct ConfigurationLexer {
    /// The text between one end and the next.
    struct Statement {
        var words: [String] = []
        /// Where the first word starts.
        var line = 0
        var ending: Ending = .endOfFile
    }

    enum Ending {
        case semicolon
        case openingBrace
        /// Stands alone, without words.
        case closingBrace
        /// Stands alone, without words.
        case endOfFile
    }

    /// nginx reads a file through a buffer of this size, and a word with its end must fit.
    private static let bufferSize = 4_096

    let bytes: [UInt8]
    var position = 0
    var line = 1
    /// Where the word, comment or blank starts that must stay in the buffer.
    var start = 0
    private var startLine = 1

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func nextStatement() throws(ConfigurationSyntaxError) -> Statement {
        var statement = Statement()
        start = position
        var byte = try firstByte(in: statement)
        while let first = byte {
            switch first {
            case UInt8(ascii: ";"), UInt8(ascii: "{"):
                guard !statement.words.isEmpty else { throw unexpected(first) }
                statement.ending = first == UInt8(ascii: ";") ? .semicolon : .openingBrace
                return statement
            case UInt8(ascii: "}"):
                guard statement.words.isEmpty else { throw unexpected(first) }
                statement.ending = .closingBrace
                return statement
            default:
                if statement.words.isEmpty { statement.line = line }
                byte = try readWord(from: first, into: &statement)
            }
        }
        return statement
    }

    func error(_ message: String) -> ConfigurationSyntaxError {
        ConfigurationSyntaxError(message: message, line: line)
    }

    /// Reads one word, and returns the first byte of what follows it and the blanks behind it.
    private mutating func readWord(
        from first: UInt8,
        into statement: inout Statement
    ) throws(ConfigurationSyntaxError) -> UInt8? {
        let end: UInt8
        if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
            statement.words.append(try quotedWord(first))
            end = try takeInside(nil)
            guard Self.endsWord(end) || end == UInt8(ascii: ")") else { throw unexpected(end) }
        } else {
            end = try skipBareWord(first)
            statement.words.append(word(until: position - 1))
        }
        return Self.isBlank(end) ? try firstByte(in: statement) : markStart(at: end)
    }

    private mutating func quotedWord(_ quote: UInt8) throws(ConfigurationSyntaxError) -> String {
        start = position
        while true {
            switch try takeInside(quote) {
            case UInt8(ascii: "\\"): _ = try takeInside(quote)
            case quote: return word(until: position - 1)
            default: continue
            }
        }
    }

    /// Passes the rest of a word without quotes, and returns the byte that ends it.
    private mutating func skipBareWord(_ first: UInt8) throws(ConfigurationSyntaxError) -> UInt8 {
        var byte = first
        // Whether a brace would belong to `${`; a second one too, as nginx has it.
        var isVariable = false
        while true {
            switch byte {
            case UInt8(ascii: "\\"):
                _ = try takeInside(nil)
                isVariable = false
            case UInt8(ascii: "$"): isVariable = true
            case UInt8(ascii: "{") where isVariable: break
            default: isVariable = false
            }
            byte = try takeInside(nil)
            if Self.endsWord(byte), !(byte == UInt8(ascii: "{") && isVariable) { return byte }
        }
    }

    /// Skips blanks and comments; `nil` at the end of the file.
    private mutating func firstByte(in statement: Statement) throws(ConfigurationSyntaxError) -> UInt8? {
        var isComment = false
        while let byte = try take(quote: nil) {
            if isComment, byte != UInt8(ascii: "\n") { continue }
            markStart(at: byte)
            isComment = byte == UInt8(ascii: "#")
            if !isComment, !Self.isBlank(byte) { return byte }
        }
        guard statement.words.isEmpty else { throw unexpectedEnd }
        return nil
    }

    /// The next byte of a word that has not ended.
    private mutating func takeInside(_ quote: UInt8?) throws(ConfigurationSyntaxError) -> UInt8 {
        guard let byte = try take(quote: quote) else { throw unexpectedEnd }
        return byte
    }

    private mutating func take(quote: UInt8?) throws(ConfigurationSyntaxError) -> UInt8? {
        guard position < bytes.count else { return nil }
        guard position - start < Self.bufferSize else { throw tooLong(quote) }
        let byte = bytes[position]
        position += 1
        if byte == UInt8(ascii: "\n") { line += 1 }
        return byte
    }

    @discardableResult
    private mutating func markStart(at byte: UInt8) -> UInt8 {
        start = position - 1
        startLine = line
        return byte
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
        default: false
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        isBlank(byte) || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "{")
    }
}

extension ConfigurationLexer {
    /// The word from `start` on, without its escapes.
    private func word(until end: Int) -> String {
        let raw = bytes[start..<end]
        guard raw.contains(UInt8(ascii: "\\")) else { return String(decoding: raw, as: UTF8.self) }
        var text: [UInt8] = []
        var rest = raw
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let next = rest.first, ArgumentScan.endsEscape(next) else {
                text.append(byte)
                continue
            }
            rest.removeFirst()
            switch next {
            case UInt8(ascii: "t"): text.append(UInt8(ascii: "\t"))
            case UInt8(ascii: "r"): text.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "n"): text.append(UInt8(ascii: "\n"))
            default: text.append(next)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private var unexpectedEnd: ConfigurationSyntaxError {
        error("unexpected end of file, expecting \";\" or \"}\"")
    }

    private func unexpected(_ byte: UInt8) -> ConfigurationSyntaxError {
        error("unexpected \"\(String(decoding: [byte], as: UTF8.self))\"")
    }

    private func tooLong(_ quote: UInt8?) -> ConfigurationSyntaxError {
        let message =
            if let quote {
                "too long parameter, probably missing terminating \"\(String(decoding: [quote], as: UTF8.self))\" character"
            } else {
                "too long parameter \"\(String(decoding: bytes[start..<(start + 10)], as: UTF8.self))...\" started"
            }
        return ConfigurationSyntaxError(message: message, line: startLine)
    }
}
