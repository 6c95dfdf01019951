import Crypto
import CryptoExtras
import Diagnostics
import SwiftASN1

/// Reads private keys far enough to know which public key belongs to them.
enum PrivateKeyReader {
    /// The labels that a key may have, as OpenSSL writes them.
    static func publicKey(of key: SecretBytes, label: String) throws(Unreadable) -> PublicKeyMaterial {
        let node = try ASN1Node.read(key.bytes)
        switch label {
        case "PRIVATE KEY": return try pkcs8(node)
        case "RSA PRIVATE KEY": return try rsa(node)
        case "EC PRIVATE KEY": return try ellipticCurve(node, curve: nil)
        case "OPENSSH PRIVATE KEY": throw Unreadable("it is in the format of OpenSSH, which nginx does not read")
        default: throw Unreadable("it is neither an RSA, an elliptic-curve nor an Ed25519 key")
        }
    }

    private static func pkcs8(_ node: ASN1Node) throws(Unreadable) -> PublicKeyMaterial {
        let fields = try node.children(of: .sequence, "it")
        guard fields.count >= 3 else { throw Unreadable("it is malformed") }
        let inner = try ASN1Node.read(fields[2].bytes(of: .octetString, "it"))
        switch try KeyAlgorithm(fields[1], "it") {
        case .rsa: return try rsa(inner)
        case .ellipticCurve(let curve): return try ellipticCurve(inner, curve: curve)
        case .ed25519: return try ed25519(inner)
        case .other: throw Unreadable("it is neither an RSA, an elliptic-curve nor an Ed25519 key")
        }
    }

    private static func rsa(_ node: ASN1Node) throws(Unreadable) -> PublicKeyMaterial {
        let numbers = try node.children(of: .sequence, "it")
        guard numbers.count >= 9 else { throw Unreadable("it is malformed") }
        do {
            // Whether the numbers belong together; how long a modulus must be is for nginx to say.
            _ = try _RSA.Signing.PrivateKey(unsafeDERRepresentation: Array(node.encodedBytes))
        } catch {
            throw Unreadable("it is no consistent RSA key of at least 1024 bits")
        }
        return .rsa(
            modulus: try numbers[1].bytes(of: .integer, "it").withoutLeadingZeros,
            exponent: try numbers[2].bytes(of: .integer, "it").withoutLeadingZeros
        )
    }

    /// The curve stands around the key (PKCS#8), or in it.
    private static func ellipticCurve(_ node: ASN1Node, curve: EllipticCurve?) throws(Unreadable) -> PublicKeyMaterial {
        let fields = try node.children(of: .sequence, "it")
        guard fields.count >= 2 else { throw Unreadable("it is malformed") }
        let number = try fields[1].bytes(of: .octetString, "it")
        var (curve, given) = (curve, [UInt8]?.none)
        for field in fields.dropFirst(2) {
            if field.identifier == .context(0), curve == nil { curve = EllipticCurve(try field.tagged(0, "it")) }
            if field.identifier == .context(1) { given = try field.tagged(1, "it").bits("it") }
        }
        guard let curve else { throw Unreadable("it names no curve") }
        let written = try given.map { point throws(Unreadable) in try curve.uncompressed(point) }
        guard let point = try curve.publicPoint(of: number) ?? written else {
            throw Unreadable("it is on an unknown curve, and holds no public key")
        }
        guard written == nil || written == point else { throw Unreadable("its public part does not belong to it") }
        return .ellipticCurve(curve, point: point)
    }

    private static func ed25519(_ node: ASN1Node) throws(Unreadable) -> PublicKeyMaterial {
        let seed = try node.bytes(of: .octetString, "it")
        guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else {
            throw Unreadable("it is malformed")
        }
        return .ed25519(Array(key.publicKey.rawRepresentation))
    }
}
