package import Diagnostics
package import NginxSyntax

/// A certificate chain with its key, in the one file from which nginx reads both.
package struct TLSCertificate: Sendable, Hashable {
    /// The file's name below the configuration's own folder, such as `tls/shop.web-tls.pem`.
    package typealias FileName = FilePath

    package var file: FileName
    package var origin: ObjectReference?
    /// The chain, leaf first, then the key, in PEM.
    package var content: SecretBytes
    /// What may be told of the content: one line for each certificate, and the digest of the public key.
    package var summary: [String]
    /// When the server's own certificate expires, in seconds since 1970.
    package var notAfter: Int64?

    package init(
        file: FileName,
        origin: ObjectReference? = nil,
        content: SecretBytes,
        summary: [String] = [],
        notAfter: Int64? = nil
    ) {
        self.file = file
        self.origin = origin
        self.content = content
        self.summary = summary
        self.notAfter = notAfter
    }
}
