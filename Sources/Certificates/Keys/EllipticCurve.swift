import Crypto
import SwiftASN1

/// The curve of an elliptic-curve key.
enum EllipticCurve: Sendable, Hashable {
    case p256, p384, p521
    /// A curve that this program cannot compute on, by its encoded parameters.
    case other([UInt8])

    /// Reads the parameters: an object identifier, or a curve spelled out.
    init(_ node: ASN1Node) {
        switch (node.identifier, node.content) {
        case (.objectIdentifier, .primitive(let bytes)) where Array(bytes) == ObjectIdentifier.p256: self = .p256
        case (.objectIdentifier, .primitive(let bytes)) where Array(bytes) == ObjectIdentifier.p384: self = .p384
        case (.objectIdentifier, .primitive(let bytes)) where Array(bytes) == ObjectIdentifier.p521: self = .p521
        default: self = .other(Array(node.encodedBytes))
        }
    }

    /// Returns the point in the form that starts with 4, whichever form it is given in.
    func uncompressed(_ point: [UInt8]) throws(Unreadable) -> [UInt8] {
        guard point.first == 2 || point.first == 3 else { return point }
        do {
            switch self {
            case .p256: return Array(try P256.Signing.PublicKey(compressedRepresentation: point).x963Representation)
            case .p384: return Array(try P384.Signing.PublicKey(compressedRepresentation: point).x963Representation)
            case .p521: return Array(try P521.Signing.PublicKey(compressedRepresentation: point).x963Representation)
            case .other: return point
            }
        } catch {
            throw Unreadable("its public key is no point of the curve")
        }
    }

    /// Returns the public point that belongs to a private number, or `nil` where this program cannot tell.
    func publicPoint(of number: [UInt8]) throws(Unreadable) -> [UInt8]? {
        do {
            switch self {
            case .p256:
                let key = try P256.Signing.PrivateKey(rawRepresentation: Self.padded(number, to: 32))
                return Array(key.publicKey.x963Representation)
            case .p384:
                let key = try P384.Signing.PrivateKey(rawRepresentation: Self.padded(number, to: 48))
                return Array(key.publicKey.x963Representation)
            case .p521:
                let key = try P521.Signing.PrivateKey(rawRepresentation: Self.padded(number, to: 66))
                return Array(key.publicKey.x963Representation)
            case .other: return nil
            }
        } catch {
            throw Unreadable("its number is not one of the curve")
        }
    }

    /// Some programs leave out leading zeros, and some write one too many.
    private static func padded(_ number: [UInt8], to width: Int) -> [UInt8] {
        let digits = number.withoutLeadingZeros
        return Array(repeating: 0, count: max(0, width - digits.count)) + digits
    }
}

extension EllipticCurve: CustomStringConvertible {
    var description: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        case .other: "of another curve"
        }
    }
}
