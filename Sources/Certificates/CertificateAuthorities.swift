package import Diagnostics
import OpenSSL

/// The certificates by which those of others are checked.
package struct CertificateAuthorities: Sendable, Hashable {
    /// The text that nginx reads: PEM, written anew from the parsed bytes, so that no other text of the input is in it.
    package let content: SecretBytes
    /// A line for each certificate.
    package let summary: [String]

    /// Reads the value `ca.crt` of a Secret; returns `nil` for what nginx would not load.
    package init?(_ text: SecretBytes) {
        guard text.bytes.count <= CertificateBundle.largestPart,
            let blocks = try? PEMReader.blocks(of: .certificateChain, in: text)
        else { return nil }
        var certificates: [ParsedCertificate] = []
        for block in blocks where block.label == "CERTIFICATE" {
            guard let der = block.decoded(), let certificate = try? ParsedCertificate(der) else { return nil }
            if !certificates.contains(certificate) { certificates.append(certificate) }
        }
        let pem = certificates.flatMap { PEMBlock.encode(SecretBytes($0.encoded), label: "CERTIFICATE").bytes }
        guard !certificates.isEmpty, TLSClientParts.isUsable(authorities: SecretBytes(pem)) else { return nil }
        content = SecretBytes(pem)
        summary = certificates.enumerated().map { "certificate \($0 + 1): \($1)" }
    }
}

/// The ciphers of TLS 1.2 and before.
package enum CipherList {
    /// Whether OpenSSL, and so nginx, takes a list and knows one of its ciphers.
    package static func isUsable(_ text: String) -> Bool { TLSClientParts.isUsable(ciphers: text) }
}
