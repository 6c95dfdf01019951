import Diagnostics

/// The certificates of `tls.crt`, in their order.
struct CertificateChain: Sendable, Hashable {
    static let mostCertificates = 64

    /// Never empty.
    let certificates: [ParsedCertificate]
    let leaf: ParsedCertificate

    /// Blocks that are no certificates, such as a key that a file was joined with, are left out.
    init(_ blocks: [PEMBlock]) throws(CertificateDefect) {
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

    /// That the key is the first certificate's, where that can be told.
    func error(ofKey key: PublicKeyMaterial?) -> CertificateDefect? {
        guard let key, leaf.publicKey.material != key else { return nil }
        let owner = certificates.firstIndex { $0.publicKey.material == key }
        return owner.map { .leafNotFirst(index: $0 + 1) } ?? .keyDoesNotMatch
    }
}
