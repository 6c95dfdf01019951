import Diagnostics
import SwiftASN1

/// The private key of `tls.key`.
struct ServerKey: Sendable, Hashable {
    /// `nil` where only OpenSSL can tell.
    let publicKey: PublicKeyMaterial?
    let pem: SecretBytes
    /// Whether OpenSSL takes it for certain.
    let isUsual: Bool

    /// As OpenSSL does, takes the first key; curve parameters and certificates around it are left out.
    init(_ blocks: [PEMBlock]) throws(CertificateDefect) {
        guard let index = blocks.firstIndex(where: \.isPrivateKey) else { throw .noKey }
        let block = blocks[index]
        guard !block.isEncrypted else { throw .encryptedKey }
        guard let der = block.decoded() else { throw .damagedBlock(.privateKey, index: index + 1) }
        guard block.label != "OPENSSH PRIVATE KEY" else {
            throw .unreadableKey(reason: "it is in the format of OpenSSH, which nginx does not read")
        }
        do {
            let node = try ASN1Node.read(der.bytes)
            let format = try PrivateKeyFormat(node)
            publicKey = try PrivateKeyReader.publicKey(of: node, format)
            pem = try format.encode(node)
            isUsual = UsualKey.isUsual(der.bytes, format, publicKey)
        } catch {
            throw .unreadableKey(reason: error.reason)
        }
    }
}
