/// A byte sequence that no YAML text may hold, and where it stands.
struct EncodingDefect: Hashable {
    enum Kind: Hashable {
        case invalidUTF8
        case control(UInt32)
    }

    var kind: Kind
    var position: Node.Position
}

/// Finds the ends of lines, and checks on the way that a text is UTF-8 without control characters.
struct LineScanner {
    /// The offset after the line that begins at `start`, with its line break: LF, CR LF or CR.
    func end(of bytes: [UInt8], from start: Int, line: Int, defect: inout EncodingDefect?) -> Int {
        var index = start
        var continuations = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte < 0x7F {
                index += 1
                continue
            }
            switch byte {
            case UInt8(ascii: "\n"):
                return index + 1
            case UInt8(ascii: "\r"):
                return index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n") ? index + 2 : index + 1
            case UInt8(ascii: "\t"):
                index += 1
            default:
                let (length, kind) = Self.scalar(in: bytes, at: index)
                if let kind, defect == nil {
                    let column = index - start - continuations + 1
                    defect = EncodingDefect(kind: kind, position: .init(line: line + 1, column: column))
                }
                index += length
                continuations += length - 1
            }
        }
        return index
    }

    /// The length of the character at `index`, at least 1, and what is wrong with it.
    private static func scalar(in bytes: [UInt8], at index: Int) -> (length: Int, defect: EncodingDefect.Kind?) {
        let first = bytes[index]
        var value: UInt32
        let (length, least): (Int, UInt32)
        switch first {
        case ..<0x80: (length, value, least) = (1, UInt32(first), 0)
        case 0xC2...0xDF: (length, value, least) = (2, UInt32(first & 0x1F), 0x80)
        case 0xE0...0xEF: (length, value, least) = (3, UInt32(first & 0x0F), 0x800)
        case 0xF0...0xF4: (length, value, least) = (4, UInt32(first & 0x07), 0x10000)
        default: return (1, .invalidUTF8)
        }
        guard index + length <= bytes.count else { return (1, .invalidUTF8) }
        for byte in bytes[(index + 1)..<(index + length)] {
            guard byte & 0xC0 == 0x80 else { return (1, .invalidUTF8) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= least, Unicode.Scalar(value) != nil else { return (1, .invalidUTF8) }
        return (length, isAllowed(value) ? nil : .control(value))
    }

    private static func isAllowed(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFFFD, 0x10000...: true
        default: false
        }
    }
}
