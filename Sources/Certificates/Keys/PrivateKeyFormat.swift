import Diagnostics
import SwiftASN1

/// The form in which a private key is written.
enum PrivateKeyFormat: Sendable, Hashable {
    case pkcs8, rsa, ellipticCurve

    /// The form is told by what the key holds: the labels of PEM blocks are often mixed up.
    init(_ node: ASN1Node) throws(Unreadable) {
        let fields = try node.children(of: .sequence, "it")
        switch fields.dropFirst().first?.identifier {
        case .sequence: self = .pkcs8
        case .octetString: self = .ellipticCurve
        case .integer where fields.count >= 9: self = .rsa
        default: throw Self.unsupported
        }
    }

    static var unsupported: Unreadable {
        Unreadable("it is neither an RSA, an elliptic-curve, an Ed25519 nor an Ed448 key")
    }

    /// The label that OpenSSL expects in the lines around it.
    var label: String {
        switch self {
        case .pkcs8: "PRIVATE KEY"
        case .rsa: "RSA PRIVATE KEY"
        case .ellipticCurve: "EC PRIVATE KEY"
        }
    }

    /// The key as nginx can read it, whichever OpenSSL it has.
    ///
    /// PKCS#8 in its second version, with a public key at the end, is unknown to OpenSSL 3.0: the first remains.
    func encode(_ node: ASN1Node) throws(Unreadable) -> SecretBytes {
        let fields = try node.children(of: .sequence, "it")
        guard self == .pkcs8, fields.count > 3, fields[0].content == .primitive([1]) else {
            return PEMBlock.encode(SecretBytes(Array(node.encodedBytes)), label: label)
        }
        var serializer = DER.Serializer()
        serializer.appendConstructedNode(identifier: .sequence) { sequence in
            sequence.serializeRawBytes([0x02, 0x01, 0x00])
            sequence.serializeRawBytes(fields[1].encodedBytes)
            sequence.serializeRawBytes(fields[2].encodedBytes)
        }
        return PEMBlock.encode(SecretBytes(serializer.serializedBytes), label: label)
    }
}
