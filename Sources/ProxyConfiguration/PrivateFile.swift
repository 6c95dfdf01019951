package import Diagnostics
package import NginxSyntax

/// A file beside `nginx.conf` that is for nginx's eyes only.
package struct PrivateFile: Sendable, Hashable {
    /// The file's name below the configuration's own folder, such as `tls/shop.web-tls.pem`.
    package typealias Name = FilePath

    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A certificate chain, leaf first, then its key, in PEM: the one file from which nginx reads both.
        case certificate
        /// The same, shown to backends: nginx reads it while it starts.
        case clientCertificate
        /// Certificates in PEM by which others are verified.
        case certificateAuthority
        /// Lists of revoked certificates in PEM.
        case revocationList
        /// Names of users with hashes of their passwords.
        case passwordFile
        /// Diffie-Hellman parameters in PEM.
        case keyExchangeParameters
        /// The key by which nginx encrypts session tickets.
        case sessionTicketKey

        /// Whether it is a certificate with its key, which expires.
        package var isOwnCertificate: Bool { self == .certificate || self == .clientCertificate }
    }

    package var kind: Kind
    package var file: Name
    package var origin: ObjectReference?
    package var content: SecretBytes
    /// The printable facts about the content, a line each: of a certificate its names, and the digest of its public
    /// key.
    package var summary: [String]
    /// When the content expires, in seconds since 1970; of a chain the server's own certificate.
    package var expiry: Int64?
    /// Whether a certificate names somebody who tells whether it is revoked, and whom nginx may ask.
    package var namesResponder = false
    /// Whether nginx opens the file when somebody comes who needs it, in a worker, and not while it starts.
    package var isReadByWorkers: Bool

    package init(
        _ kind: Kind,
        file: Name,
        origin: ObjectReference? = nil,
        content: SecretBytes,
        summary: [String] = [],
        expiry: Int64? = nil
    ) {
        self.kind = kind
        self.file = file
        self.origin = origin
        self.content = content
        self.summary = summary
        self.expiry = expiry
        isReadByWorkers = kind == .passwordFile
    }
}
