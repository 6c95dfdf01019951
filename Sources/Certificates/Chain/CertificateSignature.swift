import SwiftASN1
import X509

/// The part of a certificate that its issuer signed, and the signature.
struct CertificateSignature: Sendable, Hashable {
    private let algorithm: [UInt8]
    private let signed: [UInt8]
    private let bits: [UInt8]

    init(of signed: ASN1Node, algorithm: ASN1Node, bits: ASN1Node) throws(Unreadable) {
        let what = "its signature"
        guard let type = try algorithm.children(of: .sequence, what).first else {
            throw Unreadable("\(what) is malformed")
        }
        self.algorithm = try type.bytes(of: .objectIdentifier, what)
        self.signed = Array(signed.encodedBytes)
        self.bits = try bits.bits(what)
    }

    /// Whether the key made the signature; `nil` where the key or the algorithm is one that cannot be computed with.
    func isValid(by key: PublicKey) -> Bool? {
        guard let algorithm = Self.algorithms[algorithm],
            let key = try? Certificate.PublicKey(derEncoded: key.encoded)
        else { return nil }
        return key.isValidSignature(bits, for: signed, signatureAlgorithm: algorithm)
    }

    private static let algorithms: [[UInt8]: Certificate.SignatureAlgorithm] = [
        ObjectIdentifier.ecdsaWithSHA256: .ecdsaWithSHA256,
        ObjectIdentifier.ecdsaWithSHA384: .ecdsaWithSHA384,
        ObjectIdentifier.ecdsaWithSHA512: .ecdsaWithSHA512,
        ObjectIdentifier.rsaWithSHA256: .sha256WithRSAEncryption,
        ObjectIdentifier.rsaWithSHA384: .sha384WithRSAEncryption,
        ObjectIdentifier.rsaWithSHA512: .sha512WithRSAEncryption,
        ObjectIdentifier.ed25519: .ed25519,
    ]
}
