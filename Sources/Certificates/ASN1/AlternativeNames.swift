import SwiftASN1
import TextCoding

/// The subject alternative names of a certificate.
struct AlternativeNames: Sendable, Hashable {
    var dnsNames: [CertificateText] = []
    /// Every name as it is printed: `DNS:shop.example`, `IP:192.0.2.1`.
    var descriptions: [String] = []

    /// None; also what an extension means that cannot be read.
    init() {}

    /// Reads the content of the extension.
    init(_ content: some Sequence<UInt8>) throws(Unreadable) {
        let what = "its list of alternative names"
        for name in try ASN1Node.read(content).children(of: .sequence, what) {
            switch (name.identifier, name.content) {
            case (.context(2), .primitive(let bytes)):
                let text = CertificateText(ascii: bytes)
                dnsNames.append(text)
                descriptions.append("DNS:\(text)")
            case (.context(7), .primitive(let bytes)): descriptions.append("IP:\(Self.address(bytes))")
            case (.context(1), .primitive(let bytes)): descriptions.append("email:\(CertificateText(ascii: bytes))")
            case (.context(6), .primitive(let bytes)): descriptions.append("URI:\(CertificateText(ascii: bytes))")
            default: descriptions.append("other:\(name.identifier.tagNumber)")
            }
        }
    }

    /// An IPv4 address with dots; an IPv6 address in its full form.
    private static func address(_ bytes: ArraySlice<UInt8>) -> String {
        switch bytes.count {
        case 4: bytes.map { String($0) }.joined(separator: ".")
        case 16:
            stride(from: bytes.startIndex, to: bytes.endIndex, by: 2)
                .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }
                .joined(separator: ":")
        default: "#" + bytes.prefix(32).hexadecimal
        }
    }
}

extension AlternativeNames: CustomStringConvertible {
    /// The first few, and how many more there are.
    var description: String {
        guard !descriptions.isEmpty else { return "none" }
        let shown = descriptions.prefix(8).map { $0.bounded(to: 120) }.joined(separator: ", ")
        return descriptions.count > 8 ? "\(shown) and \(descriptions.count - 8) more" : shown
    }
}
