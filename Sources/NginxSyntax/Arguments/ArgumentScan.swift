/// Reads the bytes of one argument to see whether nginx's lexer needs quotes to read them back.
///
/// The lexer ends a bare token at a space, `;` or `{` (not the one of `${`), reads `"`, `'`, `#` and `}` specially
/// where a token starts, and drops a backslash before `"`, `'`, `\`, `t`, `r` and `n`, in quotes and outside.
/// A `}` inside a bare token is a plain character to it, but not to people and other tools, so it is quoted
/// unless it closes `${`.
struct ArgumentScan {
    private(set) var isBare = true
    /// The backslashes that the quoted form adds.
    private(set) var escapes = 0

    private var isAtStart = true
    private var previous: UInt8 = 0
    /// Whether the previous byte is a backslash, or stands behind one that the lexer pairs it with.
    private var isPaired = false
    private var isInVariable = false

    /// Takes the next byte; `false` if no argument may hold it.
    mutating func take(_ byte: UInt8) -> Bool {
        guard byte >= 0x20, byte != 0x7F, !(previous == 0xC2 && (0x80...0x9F).contains(byte)) else { return false }
        let isAfterBackslash = previous == UInt8(ascii: "\\")
        if isAfterBackslash, Self.endsEscape(byte) { addEscape() }
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: ";"): isBare = false
        case UInt8(ascii: "{"): takeOpeningBrace()
        case UInt8(ascii: "}"): takeClosingBrace()
        case UInt8(ascii: "\""):
            escapes += 1
            if isAtStart { isBare = false }
        case UInt8(ascii: "'"), UInt8(ascii: "#"):
            if isAtStart { isBare = false }
        default: break
        }
        isPaired = isAfterBackslash && !isPaired
        isAtStart = false
        previous = byte
        return true
    }

    /// Closes the argument: an empty one, or one that ends with a backslash, stands only in quotes.
    mutating func finish() {
        if isAtStart { isBare = false }
        if previous == UInt8(ascii: "\\") { addEscape() }
    }

    /// Whether the lexer drops a backslash in front of this byte.
    static func endsEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"),
            UInt8(ascii: "t"), UInt8(ascii: "r"), UInt8(ascii: "n"):
            true
        default: false
        }
    }

    private mutating func addEscape() {
        escapes += 1
        isBare = false
    }

    private mutating func takeOpeningBrace() {
        // The lexer skips whatever follows a backslash, so `\$` starts no variable and its brace would open a block.
        if previous == UInt8(ascii: "$"), !isPaired {
            isInVariable = true
        } else {
            isBare = false
        }
    }

    private mutating func takeClosingBrace() {
        if !isInVariable { isBare = false }
        isInVariable = false
    }
}
