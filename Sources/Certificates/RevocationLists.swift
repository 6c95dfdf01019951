import Crypto
package import Diagnostics
import OpenSSL
import TextCoding

/// Lists of certificates that their authorities have revoked.
package struct RevocationLists: Sendable, Hashable {
    /// The text that nginx reads: PEM, written anew, so that no other text of the input is in it.
    package let content: SecretBytes
    /// A line for each list.
    package let summary: [String]

    /// Reads the value `ca.crl` of a Secret; returns `nil` for what nginx would not load.
    package init?(_ text: SecretBytes) {
        guard text.bytes.count <= CertificateBundle.largestPart,
            let blocks = try? PEMReader.blocks(of: .certificateChain, in: text)
        else { return nil }
        var lists: [SecretBytes] = []
        for block in blocks where block.label == "X509 CRL" {
            guard let der = block.decoded() else { return nil }
            if !lists.contains(der) { lists.append(der) }
        }
        let pem = SecretBytes(lists.flatMap { PEMBlock.encode($0, label: "X509 CRL").bytes })
        guard !lists.isEmpty, TLSClientParts.isUsable(revocations: pem) else { return nil }
        content = pem
        summary = lists.enumerated().map { index, list in
            "list \(index + 1): SHA-256 \(SHA256.hash(data: list.bytes).hexadecimal)"
        }
    }
}
