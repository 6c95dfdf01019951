import Crypto
import SwiftASN1
import TextCoding

/// A certificate's public key.
struct PublicKey: Sendable, Hashable {
    let material: PublicKeyMaterial
    /// The SubjectPublicKeyInfo.
    let encoded: [UInt8]

    init(_ node: ASN1Node) throws(Unreadable) {
        let fields = try node.children(of: .sequence, "its public key")
        guard fields.count == 2 else { throw Unreadable("its public key is malformed") }
        let algorithm = try KeyAlgorithm(fields[0], "its public key")
        material = try PublicKeyMaterial(fields[1].bits("its public key"), of: algorithm)
        encoded = Array(node.encodedBytes)
    }

    var digest: String { SHA256.hash(data: encoded).hexadecimal }
}

/// The part of a key pair that everybody may know, in a form that can be compared.
enum PublicKeyMaterial: Sendable, Hashable {
    case rsa(modulus: [UInt8], exponent: [UInt8])
    /// The point is uncompressed where the curve is known.
    case ellipticCurve(EllipticCurve, point: [UInt8])
    case ed25519([UInt8])
    /// Something that this program cannot compute with.
    case other(algorithm: [UInt8], bits: [UInt8])

    /// Reads the bits of a SubjectPublicKeyInfo.
    init(_ bits: [UInt8], of algorithm: KeyAlgorithm) throws(Unreadable) {
        switch algorithm {
        case .rsa:
            let numbers = try ASN1Node.read(bits).children(of: .sequence, "its public key")
            guard numbers.count == 2 else { throw Unreadable("its public key is malformed") }
            self = .rsa(
                modulus: try numbers[0].bytes(of: .integer, "its public key").withoutLeadingZeros,
                exponent: try numbers[1].bytes(of: .integer, "its public key").withoutLeadingZeros
            )
        case .ellipticCurve(let curve): self = .ellipticCurve(curve, point: try curve.uncompressed(bits))
        case .ed25519: self = .ed25519(bits)
        case .other(let algorithm): self = .other(algorithm: algorithm, bits: bits)
        }
    }
}

extension PublicKeyMaterial {
    /// The length of an RSA key's modulus; 0 for other keys.
    var bits: Int {
        guard case .rsa(let modulus, _) = self else { return 0 }
        return modulus.count * 8 - (modulus.first?.leadingZeroBitCount ?? 0)
    }
}

extension PublicKeyMaterial: CustomStringConvertible {
    /// `RSA 2048`, `EC P-256`, `Ed25519`.
    var description: String {
        switch self {
        case .rsa: "RSA \(bits)"
        case .ellipticCurve(let curve, _): "EC \(curve)"
        case .ed25519: "Ed25519"
        case .other: "of another kind"
        }
    }
}

extension Collection<UInt8> {
    /// The bytes of a number that is not negative, in its shortest form.
    var withoutLeadingZeros: [UInt8] { Array(drop { $0 == 0 }) }
}
