package import Diagnostics
import OpenSSL

/// A certificate chain with its private key, which belong together and can be served.
///
/// Nothing here reads the time: whether the certificate is valid now is asked with ``warnings(at:)``.
package struct CertificateBundle: Sendable, Hashable {
    /// The largest `tls.crt` and the largest `tls.key`, in bytes; a Secret of Kubernetes holds no more.
    package static let largestPart = 1 << 20
    /// The level of security at which OpenSSL judges unless it is told another, as on Debian and since OpenSSL 3.2.
    package static let usualSecurityLevel = 2

    /// The file that nginx reads as certificate and as key: PEM, the server's own certificate first, the key last.
    ///
    /// Written anew from the parsed bytes, so that no other text of the input is in it. A bundle made of this
    /// content as both of its parts is equal.
    package let content: SecretBytes
    /// The facts that may be printed and compared: a line for each certificate, and the digest of the public key as the
    /// last.
    package let summary: [String]
    /// The lower-case hosts, and wildcards such as `*.shop.example`, that the certificate is for.
    package let hosts: [String]
    /// The validity of the server's own certificate, both ends included, in seconds since 1970.
    package let notBefore: Int64
    package let notAfter: Int64
    /// The URL of whoever tells whether the server's own certificate is revoked; `nil` where it names nobody.
    package let responder: String?
    /// Whether the chain holds its issuer, without which nobody can be asked about it.
    package let hasIssuer: Bool
    private let patterns: Set<String>
    private let chainWarnings: [CertificateWarning]
    private let periods: [ValidityPeriod]

    /// Checks the values `tls.crt` and `tls.key` of a Secret.
    ///
    /// Certificates that nginx does not load are refused; those that it loads are served, whatever is wrong with them.
    package init(
        certificateChain: SecretBytes,
        privateKey: SecretBytes,
        securityLevel: Int = usualSecurityLevel
    ) throws(CertificateDefect) {
        try Self.checkSize(of: .certificateChain, certificateChain)
        try Self.checkSize(of: .privateKey, privateKey)
        let chain = try CertificateChain(PEMReader.blocks(of: .certificateChain, in: certificateChain))
        let key = try ServerKey(PEMReader.blocks(of: .privateKey, in: privateKey))
        if let error = chain.error(ofKey: key.publicKey) { throw error }
        let served = ServedChain(of: chain)
        content = Self.content(of: served, key)
        if securityLevel > Self.usualSecurityLevel || !Self.isUsual(served, key) {
            do {
                try ServerIdentity.check(content, securityLevel: securityLevel, keyKind: key.publicKey?.kind)
            } catch {
                throw CertificateDefect(error, in: served, of: chain)
            }
        }
        summary = Self.summary(of: served)
        hosts = chain.leaf.hosts
        patterns = Set(hosts)
        notBefore = chain.leaf.notBefore
        notAfter = chain.leaf.notAfter
        responder = chain.leaf.responder
        hasIssuer = served.hasIssuer
        chainWarnings = served.warnings
        periods = served.periods
    }

    /// Returns the defects that it has at a time, in seconds since 1970.
    package func warnings(at now: Int64) -> [CertificateWarning] {
        chainWarnings + periods.compactMap { $0.warning(at: now) }
    }

    /// The time around a moment, in seconds since 1970, in which ``warnings(at:)`` stay what they are then.
    package func steadyTime(around now: Int64) -> ClosedRange<Int64> {
        periods.reduce(Int64.min...Int64.max) { $0.clamped(to: $1.steadyTime(around: now)) }
    }

    /// Whether clients that ask for a host, or for any host of a wildcard such as `*.shop.example`, accept it.
    package func covers(_ host: String) -> Bool {
        CertificateHost(host)?.patternsCoveringIt.contains(where: patterns.contains) ?? false
    }

    /// Whether OpenSSL takes it for certain at the usual level of security, and need not be asked.
    static func isUsual(_ chain: ServedChain, _ key: ServerKey) -> Bool {
        guard key.isUsual, let material = key.publicKey, material == chain.certificates.first?.publicKey.material else {
            return false
        }
        return chain.certificates.enumerated().allSatisfy { index, certificate in
            UsualCertificate(certificate).isUsual(ownKey: index == 0 ? material : nil)
        }
    }

    private static func checkSize(of part: CertificatePart, _ value: SecretBytes) throws(CertificateDefect) {
        let isBlank = value.bytes.allSatisfy { $0 == UInt8(ascii: " ") || (9...13).contains($0) }
        guard !isBlank else { throw .missing(part) }
        guard value.bytes.count <= largestPart else { throw .tooLarge(part, limit: largestPart) }
    }

    private static func content(of chain: ServedChain, _ key: ServerKey) -> SecretBytes {
        let blocks = chain.certificates.map { PEMBlock.encode(SecretBytes($0.encoded), label: "CERTIFICATE") }
        return SecretBytes(blocks.flatMap(\.bytes) + key.pem.bytes)
    }

    private static func summary(of chain: ServedChain) -> [String] {
        let lines = chain.certificates.enumerated().map { "certificate \($0 + 1): \($1)" }
        let key = chain.certificates.first?.publicKey
        return lines + (key.map { ["public key: \($0.material); SHA-256 \($0.digest)"] } ?? [])
    }
}

extension PublicKeyMaterial {
    /// The kind of the key that it belongs to; `nil` where only OpenSSL can tell.
    fileprivate var kind: ServerIdentity.KeyKind? {
        switch self {
        case .rsa: .rsa
        case .ellipticCurve: .ellipticCurve
        case .ed25519: .ed25519
        case .other: nil
        }
    }
}

extension CertificateDefect {
    /// Translates what OpenSSL says of a chain as it is served to the certificates as they came.
    fileprivate init(_ refusal: ServerIdentity.Refusal, in served: ServedChain, of chain: CertificateChain) {
        switch refusal.part {
        case .key where refusal.reason.hasPrefix("key ") && refusal.reason.hasSuffix(" mismatch"):
            self = .keyDoesNotMatch
        case .key: self = .keyRefused(reason: refusal.reason)
        case .certificate(let index):
            let certificate = served.certificates.indices.contains(index) ? served.certificates[index] : chain.leaf
            let place = chain.certificates.firstIndex(of: certificate) ?? index
            self = .certificateRefused(index: place + 1, reason: refusal.reason)
        }
    }
}

extension CertificateBundle: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { summary.joined(separator: "\n") }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["summary": summary]) }
}
