import Diagnostics
import SwiftASN1
import TextCoding

/// A string in a certificate, of whichever of ASN.1's string types.
struct CertificateText: Sendable, Hashable {
    /// The text; undecodable bytes become U+FFFD, and a value that is no string its hexadecimal form.
    let text: String
    /// Equal for texts that differ only by string type, ASCII case, or the number of spaces.
    let canonical: [UInt8]

    init(_ node: ASN1Node) {
        guard case .primitive(let bytes) = node.content, let text = Self.decode(bytes, as: node.identifier) else {
            self.init(text: "#" + node.encodedBytes.prefix(64).hexadecimal, canonical: Array(node.encodedBytes))
            return
        }
        self.init(text)
    }

    /// For text that carries no string type of its own.
    init(ascii bytes: ArraySlice<UInt8>) {
        self.init(String(decoding: bytes, as: UTF8.self))
    }

    private init(_ text: String) {
        let words = text.utf8.split { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        let canonical = words.map { $0.map(\.lowercasedASCII) }.joined(separator: [UInt8(ascii: " ")])
        self.init(text: text, canonical: Array(canonical))
    }

    private init(text: String, canonical: [UInt8]) {
        self.text = text
        self.canonical = canonical
    }

    private static func decode(_ bytes: ArraySlice<UInt8>, as type: ASN1Identifier) -> String? {
        switch type {
        case .utf8String, .printableString, .ia5String, .numericString, .visibleString:
            String(decoding: bytes, as: UTF8.self)
        case .teletexString:
            // Nobody writes real T.61: OpenSSL and browsers read it as Latin-1.
            String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        case .bmpString:
            String(decoding: bytes.bigEndianUnits(of: 2).map { UInt16(truncatingIfNeeded: $0) }, as: UTF16.self)
        case .universalString:
            String(decoding: bytes.bigEndianUnits(of: 4), as: UTF32.self)
        default: nil
        }
    }
}

extension CertificateText: CustomStringConvertible {
    /// One line without control characters, in which a separator of names is told from a comma in a name.
    var description: String {
        // As nearly all are.
        if text.utf8.allSatisfy(\.isPlainInName) { return text }
        return text.unicodeScalars.map(\.inName).joined().printable
    }
}

extension UInt8 {
    /// Whether it stands for itself wherever it stands in a name.
    fileprivate var isPlainInName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension Unicode.Scalar {
    fileprivate var inName: String {
        guard prints else { return hexadecimalEscape }
        return ",+;=\\\"".unicodeScalars.contains(self) ? "\\\(self)" : String(self)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func bigEndianUnits(of width: Int) -> [UInt32] {
        stride(from: startIndex, to: endIndex, by: width).map { start in
            self[start..<Swift.min(start + width, endIndex)].reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}
