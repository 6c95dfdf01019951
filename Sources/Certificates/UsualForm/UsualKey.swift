import SwiftASN1

/// The form that private keys have nearly always, of which OpenSSL takes every one: see ``UsualCertificate``.
enum UsualKey {
    /// - Parameters:
    ///   - bytes: The key in DER.
    ///   - publicKey: The key that belongs to it, which was computed from it.
    static func isUsual(_ bytes: [UInt8], _ format: PrivateKeyFormat, _ publicKey: PublicKeyMaterial?) -> Bool {
        guard let node = StrictNode(bytes), let publicKey else { return false }
        switch format {
        case .pkcs8: return isUsualInfo(node, publicKey)
        case .rsa: return isUsualRSA(node, publicKey)
        case .ellipticCurve: return isUsualCurve(node, publicKey, namesCurve: true)
        }
    }

    /// [PKCS#8](https://www.rfc-editor.org/rfc/rfc5208#section-5) without attributes.
    private static func isUsualInfo(_ node: StrictNode, _ publicKey: PublicKeyMaterial) -> Bool {
        guard let fields = node.children(), fields.count == 3, fields[0].isVersion(0),
            let algorithm = fields[1].children(), algorithm.count == 2,
            let type = algorithm[0].objectIdentifier.map(Array.init),
            let inner = fields[2].content(of: .octetString).flatMap({ StrictNode(Array($0)) })
        else { return false }
        switch type {
        case ObjectIdentifier.rsaEncryption: return algorithm[1].isNull && isUsualRSA(inner, publicKey)
        case ObjectIdentifier.ellipticCurve:
            return algorithm[1].objectIdentifier != nil && isUsualCurve(inner, publicKey, namesCurve: false)
        default: return false
        }
    }

    /// [RFC 8017](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2): two primes.
    private static func isUsualRSA(_ node: StrictNode, _ publicKey: PublicKeyMaterial) -> Bool {
        guard case .rsa = publicKey, (2_048...8_192).contains(publicKey.bits), let fields = node.children(),
            fields.count == 9, fields[0].isVersion(0)
        else { return false }
        return fields.allSatisfy { $0.number != nil }
    }

    /// [RFC 5915](https://www.rfc-editor.org/rfc/rfc5915#section-3), with the public key.
    private static func isUsualCurve(_ node: StrictNode, _ publicKey: PublicKeyMaterial, namesCurve: Bool) -> Bool {
        guard case .ellipticCurve(let curve, let point) = publicKey, let width = curve.usualWidth,
            let fields = node.children(), fields.count == (namesCurve ? 4 : 3), fields[0].isVersion(1),
            fields[1].content(of: .octetString)?.count == width,
            let bits = fields.last?.child(of: .context(1))?.bits, bits.elementsEqual(point)
        else { return false }
        return !namesCurve || fields[2].child(of: .context(0))?.objectIdentifier != nil
    }
}

extension EllipticCurve {
    /// The bytes of a number of the curve; `nil` for a curve that is not usual.
    fileprivate var usualWidth: Int? {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521, .other: nil
        }
    }
}
