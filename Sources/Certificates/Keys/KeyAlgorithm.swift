import SwiftASN1

/// The algorithm that a key is for.
enum KeyAlgorithm: Sendable, Hashable {
    /// RSA, also where the key is for the PSS padding only.
    case rsa
    case ellipticCurve(EllipticCurve)
    case ed25519
    case other([UInt8])

    /// Reads an AlgorithmIdentifier; `what` names the key in the reason of an error.
    init(_ node: ASN1Node, _ what: String) throws(Unreadable) {
        let fields = try node.children(of: .sequence, what)
        guard let type = fields.first else { throw Unreadable("\(what) is malformed") }
        switch try type.bytes(of: .objectIdentifier, what) {
        case ObjectIdentifier.rsaEncryption, ObjectIdentifier.rsaPSS: self = .rsa
        case ObjectIdentifier.ed25519: self = .ed25519
        case ObjectIdentifier.ellipticCurve:
            guard fields.count == 2 else { throw Unreadable("\(what) names no curve") }
            self = .ellipticCurve(EllipticCurve(fields[1]))
        case let identifier: self = .other(identifier)
        }
    }
}
