import Diagnostics

/// The private key of `tls.key`.
struct ServerKey: Sendable, Hashable {
    let publicKey: PublicKeyMaterial
    let pem: SecretBytes

    /// As OpenSSL does, takes the first key; curve parameters and certificates around it are left out.
    init(_ blocks: [PEMBlock]) throws(CertificateProblem) {
        guard let index = blocks.firstIndex(where: \.isPrivateKey) else { throw .noKey }
        let block = blocks[index]
        guard !block.isEncrypted else { throw .encryptedKey }
        guard let der = block.decoded() else { throw .damagedBlock(.privateKey, index: index + 1) }
        do {
            publicKey = try PrivateKeyReader.publicKey(of: der, label: block.label)
        } catch {
            throw .unreadableKey(reason: error.reason)
        }
        pem = PEMBlock.encode(der, label: block.label)
    }
}
