import TextCoding

/// A place in a JSON text, and how to read one token from there.
struct JSONCursor {
    private let bytes: [UInt8]
    private let end: Int
    private var index: Int
    private var line: Int
    private var lineStart: Int
    /// The bytes since the line began that continue a character.
    private var continuations = 0

    init(_ bytes: [UInt8], range: Range<Int>, precedingLines: Int) {
        self.bytes = bytes
        index = range.lowerBound
        end = range.upperBound
        line = precedingLines + 1
        lineStart = index
    }

    var current: UInt8? { index < end ? bytes[index] : nil }

    var position: Node.Position {
        Node.Position(line: line, column: index - lineStart - continuations + 1)
    }

    func error(_ text: String) -> JSONError {
        JSONError(text: text, position: position)
    }

    mutating func advance() {
        index += 1
    }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        guard let current, UInt32(current) == byte.value else { return false }
        index += 1
        return true
    }

    mutating func skipMarker() {
        skipSpace()
        if index + 3 <= end, bytes[index..<(index + 3)].elementsEqual("---".utf8) { index += 3 }
    }

    mutating func skipSpace() {
        while let byte = current {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                index += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                index += 1
                if byte == UInt8(ascii: "\r"), current == UInt8(ascii: "\n") { index += 1 }
                line += 1
                lineStart = index
                continuations = 0
            default:
                return
            }
        }
    }

    /// Reads a number, `true`, `false` or `null`.
    mutating func literal() throws(JSONError) -> String {
        let start = index
        let place = position
        while let byte = current, JSONLiteral.isPart(byte) { index += 1 }
        let text = bytes[start..<index]
        guard JSONLiteral.isValid(text) else { throw JSONError(text: "expected a JSON value", position: place) }
        return String(decoding: text, as: UTF8.self)
    }

    mutating func string() throws(JSONError) -> String {
        let opening = position
        guard take("\"") else { throw error("expected text in double quotes") }
        let start = index
        var unescaped: [UInt8]?
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                let text = unescaped.map { String(decoding: $0, as: UTF8.self) }
                let result = text ?? String(decoding: bytes[start..<index], as: UTF8.self)
                index += 1
                return result
            case UInt8(ascii: "\\"):
                if unescaped == nil { unescaped = Array(bytes[start..<index]) }
                let scalar = try escape()
                unescaped?.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            case ..<0x20:
                throw error("a tab or line break in text must be written as an escape")
            default:
                if byte & 0xC0 == 0x80 { continuations += 1 }
                unescaped?.append(byte)
                index += 1
            }
        }
        throw JSONError(text: "this quoted text is never closed", position: opening)
    }

    /// Passes over a value, whatever it holds and however deep it nests.
    mutating func skipValue() throws(JSONError) {
        let start = position
        var depth = 0
        repeat {
            skipSpace()
            switch current {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                index += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                index += 1
            case UInt8(ascii: ","), UInt8(ascii: ":"): index += 1
            case UInt8(ascii: "\""): try skipString()
            case nil: throw JSONError(text: "this value has no end", position: start)
            default: _ = try literal()
            }
        } while depth > 0
    }

    private mutating func skipString() throws(JSONError) {
        let start = position
        index += 1
        while let byte = current, byte != UInt8(ascii: "\"") {
            if byte & 0xC0 == 0x80 { continuations += 1 }
            index += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        guard take("\"") else { throw JSONError(text: "this quoted text is never closed", position: start) }
    }

    /// Reads an escape, two where they are a surrogate pair.
    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        let start = error("this is not an escape that JSON knows")
        index += 1
        guard let byte = current else { throw start }
        index += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(start)
        default: throw start
        }
    }

    private mutating func unicodeEscape(_ failure: JSONError) throws(JSONError) -> Unicode.Scalar {
        guard let first = fourHexDigits() else { throw failure }
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), take("u"), let second = fourHexDigits(),
            (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else {
            throw JSONError(text: "this escape is half of a surrogate pair", position: failure.position)
        }
        return scalar
    }

    private mutating func fourHexDigits() -> UInt32? {
        guard index + 4 <= end else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<(index + 4)] {
            guard let digit = byte.hexadecimalValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        index += 4
        return value
    }
}

/// The form of JSON values without quotes.
private enum JSONLiteral {
    static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    static func isValid(_ text: ArraySlice<UInt8>) -> Bool {
        if text.elementsEqual("true".utf8) || text.elementsEqual("false".utf8) || text.elementsEqual("null".utf8) {
            return true
        }
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text
        guard let first = digits.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
        // No leading zeros: YAML would read them as an octal number.
        if first == UInt8(ascii: "0"), let second = digits.dropFirst().first,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(second)
        {
            return false
        }
        switch NumberLiteral.meaning(of: Array(text)) {
        case .integer, .float: return true
        default: return false
        }
    }
}
