import SwiftASN1
import TextCoding

/// A subject or an issuer.
struct CertificateName: Sendable, Hashable {
    /// One part of a name, such as `CN=shop.example`.
    struct Attribute: Sendable, Hashable {
        let type: [UInt8]
        let value: CertificateText
    }

    /// Sets of attributes, outermost first; nearly always of one each.
    let parts: [[Attribute]]

    init(_ node: ASN1Node, _ what: String) throws(Unreadable) {
        var parts: [[Attribute]] = []
        for set in try node.children(of: .sequence, what) {
            var part: [Attribute] = []
            for pair in try set.children(of: .set, what) {
                let fields = try pair.children(of: .sequence, what)
                guard fields.count == 2 else { throw Unreadable("\(what) is malformed") }
                let type = try fields[0].bytes(of: .objectIdentifier, what)
                part.append(Attribute(type: type, value: CertificateText(fields[1])))
            }
            parts.append(part)
        }
        self.parts = parts
    }

    var commonNames: [String] {
        parts.joined().filter { $0.type == ObjectIdentifier.commonName }.map(\.value.text)
    }

    /// Whether both name the same thing, as RFC 5280 compares: whatever the string types, the case and the spaces.
    func isSame(as other: CertificateName) -> Bool {
        parts.count == other.parts.count && (parts == other.parts || canonical == other.canonical)
    }

    private var canonical: [Set<[[UInt8]]>] {
        parts.map { part in Set(part.map { [$0.type, $0.value.canonical] }) }
    }
}

extension CertificateName: CustomStringConvertible {
    /// `O=Example, CN=shop.example`, safe to print, bounded, and `(empty)` for none.
    var description: String {
        guard !parts.isEmpty else { return "(empty)" }
        let text = parts.map { $0.map(\.description).joined(separator: " + ") }.joined(separator: ", ")
        return text.bounded(to: 300)
    }
}

extension CertificateName.Attribute: CustomStringConvertible {
    var description: String {
        "\(ObjectIdentifier.attributeNames[type] ?? "OID:\(type.hexadecimal.bounded(to: 40))")=\(value)"
    }
}
