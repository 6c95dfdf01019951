import Diagnostics

/// The certificates of `tls.crt`, in their order.
struct CertificateChain: Sendable, Hashable {
    static let mostCertificates = 64

    /// Never empty.
    let certificates: [ParsedCertificate]
    let leaf: ParsedCertificate

    /// Blocks that are no certificates, such as a key that a file was joined with, are left out.
    init(_ blocks: [PEMBlock]) throws(CertificateProblem) {
        var certificates: [ParsedCertificate] = []
        for (index, block) in blocks.enumerated() {
            guard block.label != "TRUSTED CERTIFICATE" else { throw .trustedCertificate }
            guard block.label == "CERTIFICATE" || block.label == "X509 CERTIFICATE" else { continue }
            guard certificates.count < Self.mostCertificates else {
                throw .tooManyCertificates(limit: Self.mostCertificates)
            }
            guard let der = block.decoded() else { throw .damagedBlock(.certificateChain, index: index + 1) }
            do {
                certificates.append(try ParsedCertificate(der))
            } catch {
                throw .unreadableCertificate(index: certificates.count + 1, reason: error.reason)
            }
        }
        guard let leaf = certificates.first else { throw .noCertificate }
        self.certificates = certificates
        self.leaf = leaf
    }

    /// Each certificate must be the issuer of the one before it; the last may be a root.
    ///
    /// A signature counts only where it can be verified; a certificate that stands there twice is out of order.
    var orderProblem: CertificateProblem? {
        for index in certificates.indices.dropFirst() {
            let (subject, issuer) = (certificates[index - 1], certificates[index])
            let isIssuer =
                subject.issuer.isSame(as: issuer.subject) && subject.signature.isValid(by: issuer.publicKey) != false
            guard isIssuer, !certificates[..<index].contains(issuer) else {
                return .chainOutOfOrder(index: index + 1)
            }
        }
        return nil
    }

    /// That the key is the first certificate's.
    func problem(ofKey key: PublicKeyMaterial) -> CertificateProblem? {
        guard leaf.publicKey.material != key else { return nil }
        let owner = certificates.firstIndex { $0.publicKey.material == key }
        return owner.map { .leafNotFirst(index: $0 + 1) } ?? .keyDoesNotMatch
    }

    /// When the certificates are valid; without a root at the end, of which clients have their own.
    var periods: [ValidityPeriod] {
        certificates.enumerated()
            .filter { $0 == 0 || !$1.isSelfSigned }
            .map { ValidityPeriod(index: $0 + 1, notBefore: $1.notBefore, notAfter: $1.notAfter) }
    }
}

/// When a certificate of a chain is valid.
struct ValidityPeriod: Sendable, Hashable {
    /// The certificate, counted from 1.
    let index: Int
    let notBefore: Int64
    let notAfter: Int64

    func problem(at now: Int64) -> CertificateProblem? {
        if now > notAfter { return .expired(index: index, notAfter: notAfter) }
        return now < notBefore ? .notYetValid(index: index, notBefore: notBefore) : nil
    }
}
