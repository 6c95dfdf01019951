/// Tells whether text is an IP address.
enum IPAddress {
    enum Version: Sendable, Hashable {
        case v4, v6
    }

    static func version(of text: String) -> Version? {
        let bytes = Array(text.utf8)
        if bytes.contains(UInt8(ascii: ":")) { return isV6(bytes) ? .v6 : nil }
        return isV4(bytes[...]) ? .v4 : nil
    }

    /// Four numbers up to 255 without leading zeros, which some programs read as octal.
    private static func isV4(_ text: ArraySlice<UInt8>) -> Bool {
        let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return false }
        return parts.allSatisfy { part in
            guard (1...3).contains(part.count), part.count == 1 || part.first != UInt8(ascii: "0") else { return false }
            var value = 0
            for byte in part {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return false }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value <= 255
        }
    }

    /// Eight groups, or fewer around one `::`; the last two may be written as an IPv4 address.
    private static func isV6(_ text: [UInt8]) -> Bool {
        let colon = UInt8(ascii: ":")
        guard let gap = text.indices.dropLast().first(where: { text[$0] == colon && text[$0 + 1] == colon }) else {
            return groups(text[...]) == 8
        }
        let before = text[..<gap]
        let after = text[(gap + 2)...]
        guard let left = before.isEmpty ? 0 : groups(before, mayEndInV4: false) else { return false }
        guard let right = after.isEmpty ? 0 : groups(after) else { return false }
        return left + right <= 7
    }

    /// The number of 16-bit groups, or `nil` when one of them is none.
    private static func groups(_ text: ArraySlice<UInt8>, mayEndInV4: Bool = true) -> Int? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var count = 0
        for (index, part) in parts.enumerated() {
            if mayEndInV4, index == parts.count - 1, isV4(part) {
                count += 2
                continue
            }
            guard (1...4).contains(part.count), part.allSatisfy(isHexDigit) else { return nil }
            count += 1
        }
        return count
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).isHexDigit
    }
}
