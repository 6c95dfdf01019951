extension ConfigurationLexer.Statement {
    /// Whether Lua stands in its block, and no directives, as the modules of OpenResty have it.
    var holdsCode: Bool { words.first?.hasSuffix("_by_lua_block") ?? false }
}

extension ConfigurationLexer {
    /// Returns what stands in a block of Lua, whose opening brace has been read, and passes the brace that closes it.
    mutating func nextCode() throws(ConfigurationSyntaxError) -> String {
        let first = position
        var depth = 1
        while depth > 0 {
            guard let byte = next() else { throw error("unexpected end of file, expecting \"}\"") }
            switch byte {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipText(quotedBy: byte)
            case UInt8(ascii: "-") where bytes[position...].first == UInt8(ascii: "-"):
                position += 1
                if !skipLongText() { while let byte = next(), byte != UInt8(ascii: "\n") {} }
            case UInt8(ascii: "["):
                position -= 1
                if !skipLongText() { position += 1 }
            default: break
            }
        }
        start = position
        return String(decoding: bytes[first..<position - 1], as: UTF8.self)
    }

    private mutating func next() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        return bytes[position]
    }

    private mutating func skipText(quotedBy quote: UInt8) {
        while let byte = next(), byte != quote {
            if byte == UInt8(ascii: "\\") { _ = next() }
        }
    }

    /// Passes `[[ … ]]` or `[=[ … ]=]`; returns whether such a text begins here.
    private mutating func skipLongText() -> Bool {
        let rest = bytes[position...]
        guard rest.first == UInt8(ascii: "[") else { return false }
        let signs = rest.dropFirst().prefix { $0 == UInt8(ascii: "=") }
        guard bytes[signs.endIndex...].first == UInt8(ascii: "[") else { return false }
        let end = [UInt8(ascii: "]")] + signs + [UInt8(ascii: "]")]
        while position < bytes.count, !bytes[position...].starts(with: end) { _ = next() }
        position = min(position + end.count, bytes.count)
        return true
    }
}
