/// A host, or `*.` and a host, that a certificate is for.
struct HostPattern: Sendable, Hashable {
    /// In lower case.
    let text: String

    /// Returns `nil` for what is no name of a host, such as a company's name in a common name.
    init?(_ name: String) {
        let bytes = name.utf8.map(\.lowercasedASCII)
        let host = bytes.starts(with: Array("*.".utf8)) ? bytes.dropFirst(2) : bytes[...]
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard bytes.count <= 255, labels.allSatisfy({ !$0.isEmpty && $0.allSatisfy(Self.isHostByte) }) else {
            return nil
        }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a certificate for this pattern is one for `host`, which may be a wildcard itself.
    ///
    /// As RFC 6125 has it, a wildcard stands for exactly one whole label.
    func covers(_ host: HostPattern) -> Bool {
        guard text != host.text else { return true }
        guard text.hasPrefix("*."), let dot = host.text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return false }
        return host.text[dot...] == text.dropFirst()
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
