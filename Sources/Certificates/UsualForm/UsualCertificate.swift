import Crypto
import SwiftASN1

/// The form that certificates have nearly always: version 3, names in plain text, a key on P-256 or P-384 or one for RSA
/// of at least 2048 bits, and a signature of these over SHA-256 or better.
///
/// OpenSSL takes every certificate of that form at its usual level of security, so that it need not be asked: OpenSSL 3.0
/// takes most of the time of a check to find out how to read a certificate's key.
struct UsualCertificate {
    private let certificate: ParsedCertificate

    init(_ certificate: ParsedCertificate) { self.certificate = certificate }

    /// - Parameter ownKey: The certificate's key where it belongs to a private key, and so is known to be one.
    func isUsual(ownKey: PublicKeyMaterial? = nil) -> Bool {
        guard let parts = StrictNode(certificate.encoded)?.children(), parts.count == 3,
            let fields = parts[0].children(), fields.count == 8,
            fields[0].child(of: .context(0))?.isVersion(2) ?? false,
            let serial = fields[1].number, serial.count <= 20,
            Self.isUsualSignature(fields[2]), fields[2].bytes == parts[1].bytes, parts[2].bits != nil,
            Self.isUsualName(fields[3]), Self.isUsualValidity(fields[4]), Self.isUsualName(fields[5]),
            isUsualKey(fields[6], ownKey),
            let extensions = fields[7].child(of: .context(3))?.children(), !extensions.isEmpty
        else { return false }
        return extensions.allSatisfy(Self.isUsualExtension)
    }

    private static func isUsualSignature(_ node: StrictNode) -> Bool {
        guard let parts = node.children(), let type = parts.first?.objectIdentifier.map(Array.init) else {
            return false
        }
        switch type {
        case ObjectIdentifier.ecdsaWithSHA256, ObjectIdentifier.ecdsaWithSHA384, ObjectIdentifier.ecdsaWithSHA512:
            return parts.count == 1
        case ObjectIdentifier.rsaWithSHA256, ObjectIdentifier.rsaWithSHA384, ObjectIdentifier.rsaWithSHA512:
            return parts.count == 2 && parts[1].isNull
        default: return false
        }
    }

    /// A sequence of sets of one attribute each.
    private static func isUsualName(_ node: StrictNode) -> Bool {
        guard let sets = node.children() else { return false }
        return sets.allSatisfy { set in
            guard let pair = set.child(of: .set)?.children(), pair.count == 2 else { return false }
            return pair[0].objectIdentifier != nil && pair[1].isPlainText
        }
    }

    /// In the forms of [RFC 5280](https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5), which end with Z.
    private static func isUsualValidity(_ node: StrictNode) -> Bool {
        guard let times = node.children(), times.count == 2 else { return false }
        return times.allSatisfy { time in
            let (text, length) =
                time.content(of: .utcTime).map { ($0, 13) } ?? (time.content(of: .generalizedTime) ?? [], 15)
            return text.count == length && text.last == UInt8(ascii: "Z")
                && text.dropLast().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
    }

    private func isUsualKey(_ node: StrictNode, _ ownKey: PublicKeyMaterial?) -> Bool {
        guard let parts = node.children(), parts.count == 2, let algorithm = parts[0].children(), algorithm.count == 2,
            let type = algorithm[0].objectIdentifier.map(Array.init), let bits = parts[1].bits
        else { return false }
        switch certificate.publicKey.material {
        case .rsa(_, let exponent):
            guard type == ObjectIdentifier.rsaEncryption, algorithm[1].isNull,
                let numbers = StrictNode(Array(bits))?.children(), numbers.count == 2
            else { return false }
            return numbers.allSatisfy { $0.number != nil } && exponent.count <= 8
                && exponent.last.map { $0 % 2 == 1 } ?? false
                && (2_048...8_192).contains(certificate.publicKey.material.bits)
        case .ellipticCurve(let curve, let point):
            guard type == ObjectIdentifier.ellipticCurve, algorithm[1].objectIdentifier != nil,
                curve == .p256 || curve == .p384, bits.elementsEqual(point)
            else { return false }
            return certificate.publicKey.material == ownKey || curve.contains(point)
        default: return false
        }
    }

    private static func isUsualExtension(_ node: StrictNode) -> Bool {
        guard var parts = node.children()?[...], parts.popFirst()?.objectIdentifier != nil else { return false }
        if let flag = parts.first?.content(of: .boolean) {
            guard flag.elementsEqual([0xff]) else { return false }
            parts.removeFirst()
        }
        return parts.count == 1 && parts.first?.content(of: .octetString) != nil
    }
}

extension EllipticCurve {
    /// Whether a point that is not compressed is one of the curve.
    fileprivate func contains(_ point: [UInt8]) -> Bool {
        switch self {
        case .p256: (try? P256.Signing.PublicKey(x963Representation: point)) != nil
        case .p384: (try? P384.Signing.PublicKey(x963Representation: point)) != nil
        case .p521, .other: false
        }
    }
}
