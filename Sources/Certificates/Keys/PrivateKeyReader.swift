import Crypto
import CryptoExtras
import SwiftASN1

/// Reads private keys far enough to know which public key belongs to them.
enum PrivateKeyReader {
    /// Returns `nil` where this program cannot tell, and OpenSSL can.
    static func publicKey(of node: ASN1Node, _ format: PrivateKeyFormat) throws(Unreadable) -> PublicKeyMaterial? {
        switch format {
        case .pkcs8: try pkcs8(node)
        case .rsa: try rsa(node)
        case .ellipticCurve: try ellipticCurve(node, curve: nil)
        }
    }

    private static func pkcs8(_ node: ASN1Node) throws(Unreadable) -> PublicKeyMaterial? {
        let fields = try node.children(of: .sequence, "it")
        guard fields.count >= 3 else { throw Unreadable("it is malformed") }
        let inner = try ASN1Node.read(fields[2].bytes(of: .octetString, "it"))
        switch try KeyAlgorithm(fields[1], "it") {
        case .rsa: return try rsa(inner)
        case .ellipticCurve(let curve): return try ellipticCurve(inner, curve: curve)
        case .ed25519: return try ed25519(inner)
        case .other(ObjectIdentifier.ed448): return nil
        case .other: throw PrivateKeyFormat.unsupported
        }
    }

    private static func rsa(_ node: ASN1Node) throws(Unreadable) -> PublicKeyMaterial {
        let numbers = try node.children(of: .sequence, "it")
        guard numbers.count >= 9 else { throw Unreadable("it is malformed") }
        let key = PublicKeyMaterial.rsa(
            modulus: try numbers[1].bytes(of: .integer, "it").withoutLeadingZeros,
            exponent: try numbers[2].bytes(of: .integer, "it").withoutLeadingZeros
        )
        guard key.bits >= 1024 else { throw Unreadable("it is an RSA key of fewer than 1024 bits") }
        // Longer ones, which the library does not compute with, are for nginx to judge.
        guard key.bits <= 8192 else { return key }
        do {
            _ = try _RSA.Signing.PrivateKey(unsafeDERRepresentation: Array(node.encodedBytes))
        } catch {
            throw Unreadable("the numbers of its RSA key do not belong together")
        }
        return key
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
