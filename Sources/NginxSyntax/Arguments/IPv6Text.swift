import TextCoding

/// The text of IPv6 addresses: read as RFC 4291 has it, printed as RFC 5952 has it.
enum IPv6Text {
    static func parse(_ text: String) -> UInt128? {
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = halves.first else { return nil }
        guard halves.count == 2 else {
            guard let groups = groups(of: first, mayEndInIPv4: true), groups.count == 8 else { return nil }
            return number(groups)
        }
        guard let head = groups(of: first, mayEndInIPv4: false), let tail = groups(of: halves[1], mayEndInIPv4: true)
        else { return nil }
        let missing = 8 - head.count - tail.count
        // `::` stands for one group at least.
        guard missing >= 1 else { return nil }
        return number(head + Array(repeating: 0, count: missing) + tail)
    }

    static func format(_ bits: UInt128) -> String {
        if bits >> 32 == 0xFFFF, let address = IPAddress(.ipv4, bits: bits & 0xFFFF_FFFF) {
            return "::ffff:\(address)"
        }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> (112 - 16 * $0)) }
        let gap = longestZeros(groups)
        guard gap.count >= 2 else { return text(groups[...]) }
        return "\(text(groups[..<gap.lowerBound]))::\(text(groups[gap.upperBound...]))"
    }

    private static func groups(of text: Substring, mayEndInIPv4: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (index, field) in fields.enumerated() {
            if field.utf8.contains(UInt8(ascii: ".")) {
                guard mayEndInIPv4, index == fields.count - 1, let bits = IPAddress.parseIPv4(field) else { return nil }
                groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
            } else {
                guard let group = group(field) else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func group(_ field: Substring) -> UInt16? {
        // The number parser of the standard library would take a sign.
        guard (1...4).contains(field.utf8.count) else { return nil }
        var group: UInt16 = 0
        for byte in field.utf8 {
            guard let digit = byte.hexadecimalValue else { return nil }
            group = group << 4 | UInt16(digit)
        }
        return group
    }

    private static func number(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    /// The longest run of zeros, the first of equally long ones.
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 { start = index + 1 }
            if index + 1 - start > longest.count { longest = start..<(index + 1) }
        }
        return longest
    }

    private static func text(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
