/// Reads a pattern that PCRE2 takes into its parts.
struct PatternReader {
    private var rest: ArraySlice<UInt8>
    /// Groups within groups; PCRE2 takes 250 of them.
    private var depth = 0

    init(_ pattern: [UInt8]) {
        rest = pattern[...]
    }

    mutating func alternatives() -> PatternTree {
        var parts = [sequence()]
        while rest.first == UInt8(ascii: "|") {
            rest.removeFirst()
            parts.append(sequence())
        }
        return parts.count == 1 ? parts[0] : .alternatives(parts)
    }

    private mutating func sequence() -> PatternTree {
        var parts: [PatternTree] = []
        while let byte = rest.first, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") || depth == 0 {
            rest.removeFirst()
            let part = part(byte)
            parts.append(repeated(part))
        }
        return .sequence(parts)
    }

    private mutating func part(_ byte: UInt8) -> PatternTree {
        switch byte {
        case UInt8(ascii: "("): group()
        case UInt8(ascii: "["): set()
        case UInt8(ascii: "."): .byte(Self.any)
        case UInt8(ascii: "\\"): escape()
        case UInt8(ascii: "^"), UInt8(ascii: "$"): .nothing
        default: .byte([byte])
        }
    }

    /// Characters that are likely in a path and that several parts of a pattern may take.
    private static let any = Array("a/0".utf8)

    private mutating func group() -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        if rest.first == UInt8(ascii: "?") {
            // `?:`, `?=`, `?<name>`, `?i`: what stands between is no text.
            let end = rest.firstIndex { ":=!>)'".utf8.contains($0) } ?? rest.endIndex
            rest = rest[end...]
            if rest.first != UInt8(ascii: ")") { rest = rest.dropFirst() }
        }
        let inside = depth > 250 ? .nothing : alternatives()
        if rest.first == UInt8(ascii: ")") { rest.removeFirst() }
        return inside
    }

    private mutating func set() -> PatternTree {
        let isNegated = rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        var members: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "]"), !members.isEmpty { break }
            if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
                members += Self.members(of: next) ?? [next]
            } else {
                members.append(byte)
            }
        }
        guard isNegated else { return .byte(Array(members.prefix(2))) }
        let excluded = Set(members)
        return .byte(Array("a/0-~".utf8.filter { !excluded.contains($0) }.prefix(2)))
    }

    private mutating func escape() -> PatternTree {
        guard let byte = rest.popFirst() else { return .nothing }
        if let members = Self.members(of: byte) { return .byte(members) }
        let isLetter = (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
        let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        return isLetter || isDigit ? .nothing : .byte([byte])
    }

    private static func members(of escape: UInt8) -> [UInt8]? {
        switch escape {
        case UInt8(ascii: "d"): Array("0".utf8)
        case UInt8(ascii: "w"), UInt8(ascii: "S"), UInt8(ascii: "D"): Array("a".utf8)
        case UInt8(ascii: "W"), UInt8(ascii: "N"): Array("/".utf8)
        case UInt8(ascii: "s"): Array(" ".utf8)
        default: nil
        }
    }

    private mutating func repeated(_ part: PatternTree) -> PatternTree {
        var part = part
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: "*"), UInt8(ascii: "+"): part = .repeated(part, isLong: true)
            case UInt8(ascii: "?"): part = .repeated(part, isLong: false)
            case UInt8(ascii: "{"):
                guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return part }
                let counts = rest[rest.index(after: rest.startIndex)..<end].split(
                    separator: UInt8(ascii: ","),
                    omittingEmptySubsequences: false
                ).map { Int(String(decoding: $0, as: UTF8.self)) }
                part = .repeated(part, isLong: counts.count == 2 && (counts[1] ?? .max) > 8)
                rest = rest[end...]
            default: return part
            }
            rest.removeFirst()
        }
        return part
    }
}
