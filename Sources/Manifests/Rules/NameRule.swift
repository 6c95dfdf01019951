/// The rules of Kubernetes for names.
enum NameRule: Sendable, Hashable, CustomStringConvertible {
    /// RFC 1123 labels with dots between them: most objects, and hosts.
    case subdomain
    /// One RFC 1123 label: namespaces.
    case label
    /// One RFC 1035 label, which begins with a letter: Services.
    case serviceName
    /// RFC 6335: the names of ports.
    case portName
    /// Keys in the data of Secrets and ConfigMaps.
    case dataKey

    var description: String {
        switch self {
        case .subdomain:
            "lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part, "
                + "at most 253 characters"
        case .label: "lower-case letters, digits and '-', with a letter or digit at both ends, at most 63 characters"
        case .serviceName: "lower-case letters, digits and '-', a letter first, no '-' last, at most 63 characters"
        case .portName: "lower-case letters, digits and single '-' within, at least one letter, at most 15 characters"
        case .dataKey: "letters, digits, '-', '_' and '.', at most 253 characters, no '..' in front"
        }
    }

    func allows(_ text: String) -> Bool {
        switch self {
        case .subdomain:
            text.utf8.count <= 253
                && text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
                    Self.isLabel($0)
                }
        case .label:
            text.utf8.count <= 63 && Self.isLabel(text.utf8[...])
        case .serviceName:
            text.utf8.count <= 63 && Self.isLabel(text.utf8[...]) && text.utf8.first.map(Self.isLetter) == true
        case .portName:
            text.utf8.count <= 15 && Self.isLabel(text.utf8[...]) && text.utf8.contains(where: Self.isLetter)
                && !text.contains("--")
        case .dataKey:
            (1...253).contains(text.utf8.count) && text != "." && !text.hasPrefix("..")
                && text.utf8.allSatisfy { Self.isKeyByte($0) }
        }
    }

    private static func isLabel(_ text: Substring.UTF8View) -> Bool {
        guard let first = text.first, let last = text.last else { return false }
        guard first != UInt8(ascii: "-"), last != UInt8(ascii: "-") else { return false }
        return text.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || "-_.".utf8.contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
