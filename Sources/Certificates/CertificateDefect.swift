/// Why a certificate and its key cannot be served.
///
/// No payload holds bytes of the input: an error can be printed anywhere.
/// Certificates are counted from 1, in the order of `tls.crt`.
package enum CertificateDefect: Error, Hashable {
    case missing(CertificatePart)
    /// Larger than `limit` bytes.
    case tooLarge(CertificatePart, limit: Int)
    case tooManyCertificates(limit: Int)
    /// There is no PEM block at all.
    case notPEM(CertificatePart)
    /// A block, counted from 1, whose end or whose base64 text is wrong.
    case damagedBlock(CertificatePart, index: Int)
    /// There are PEM blocks, but none is a certificate.
    case noCertificate
    /// A `TRUSTED CERTIFICATE`, which is OpenSSL's own format.
    case trustedCertificate
    /// There are PEM blocks, but none is a private key.
    case noKey
    case encryptedKey
    case unreadableCertificate(index: Int, reason: String)
    case unreadableKey(reason: String)
    case keyDoesNotMatch
    /// The key belongs to this certificate, which is not the first.
    case leafNotFirst(index: Int)
    /// OpenSSL, and so nginx, does not take this certificate, for a reason in its own words.
    case certificateRefused(index: Int, reason: String)
    /// OpenSSL, and so nginx, does not take the key.
    case keyRefused(reason: String)
}

extension CertificateDefect {
    /// The message for people: one line without a full stop.
    package var message: String {
        switch self {
        case .missing(let part): "\(part) is missing or empty"
        case .tooLarge(let part, let limit): "\(part) is larger than \(limit) bytes"
        case .tooManyCertificates(let limit): "tls.crt holds more than \(limit) certificates"
        case .notPEM(let part): "\(part) is not PEM: it holds no block between '-----BEGIN' and '-----END' lines"
        case .damagedBlock(let part, let index):
            "PEM block \(index) of \(part) is damaged: its base64 text or its '-----END' line is wrong"
        case .noCertificate: "tls.crt holds no block 'CERTIFICATE'"
        case .trustedCertificate: "tls.crt holds a 'TRUSTED CERTIFICATE'; only 'CERTIFICATE' can be served"
        case .noKey: "tls.key holds no private key"
        case .encryptedKey: "tls.key is encrypted; nginx needs a key without a passphrase"
        case .unreadableCertificate(let index, let reason):
            "certificate \(index) of tls.crt cannot be read: \(reason)"
        case .unreadableKey(let reason): "tls.key cannot be read: \(reason)"
        case .keyDoesNotMatch: "tls.key does not belong to the first certificate of tls.crt"
        case .leafNotFirst(let index):
            "tls.key belongs to certificate \(index) of tls.crt; the server's own certificate must come first"
        case .certificateRefused(let index, let reason):
            "nginx does not load certificate \(index) of tls.crt: \(Self.words(reason))"
        case .keyRefused(let reason): "nginx does not load tls.key: \(Self.words(reason))"
        }
    }
}

extension CertificateDefect {
    /// Explains OpenSSL's reasons where its words are short.
    private static func words(_ reason: String) -> String {
        switch reason {
        case "ee key too small", "ca key too small": "its key is too small (OpenSSL: \(reason))"
        case "ca md too weak": "it is signed with too weak a hash (OpenSSL: \(reason))"
        default: "OpenSSL says '\(reason)'"
        }
    }
}

/// The parts of a TLS Secret.
package enum CertificatePart: String, Sendable, Hashable, CustomStringConvertible {
    case certificateChain = "tls.crt"
    case privateKey = "tls.key"

    package var description: String { rawValue }
}
