/// A host, or `*.` and a host, that a certificate is for.
struct CertificateHost: Sendable, Hashable {
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

    /// The names of certificates that are for it: itself, and the wildcard above it.
    ///
    /// As RFC 6125 has it, a wildcard stands for exactly one whole label.
    var patternsCoveringIt: [String] {
        guard let dot = text.utf8.firstIndex(of: UInt8(ascii: ".")) else { return [text] }
        return [text, "*" + text[dot...]]
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
