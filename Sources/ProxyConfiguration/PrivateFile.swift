package import Diagnostics
import Incremental
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

    private struct Fields: Sendable, Hashable {
        var kind: Kind
        var file: Name
        var origin: ObjectReference?
        var content: SecretBytes
        var summary: [String]
        var expiry: Int64?
        var namesResponder: Bool
        var isReadByWorkers: Bool
    }

    private var fields: ByReference<Fields>

    package init(
        _ kind: Kind,
        file: Name,
        origin: ObjectReference? = nil,
        content: SecretBytes,
        summary: [String] = [],
        expiry: Int64? = nil
    ) {
        fields = ByReference(
            Fields(
                kind: kind,
                file: file,
                origin: origin,
                content: content,
                summary: summary,
                expiry: expiry,
                namesResponder: false,
                isReadByWorkers: kind == .passwordFile
            )
        )
    }

    package var kind: Kind {
        _read { yield fields.value.kind }
        set { fields.value.kind = newValue }
    }

    package var file: Name {
        _read { yield fields.value.file }
        set { fields.value.file = newValue }
    }

    package var origin: ObjectReference? {
        _read { yield fields.value.origin }
        set { fields.value.origin = newValue }
    }

    package var content: SecretBytes {
        _read { yield fields.value.content }
        set { fields.value.content = newValue }
    }

    /// The printable facts about the content, a line each: of a certificate its names, and the digest of its public
    /// key.
    package var summary: [String] {
        _read { yield fields.value.summary }
        set { fields.value.summary = newValue }
    }

    /// When the content expires, in seconds since 1970; of a chain the server's own certificate.
    package var expiry: Int64? {
        _read { yield fields.value.expiry }
        set { fields.value.expiry = newValue }
    }

    /// Whether a certificate names somebody who tells whether it is revoked, and whom nginx may ask.
    package var namesResponder: Bool {
        _read { yield fields.value.namesResponder }
        set { fields.value.namesResponder = newValue }
    }

    /// Whether nginx opens the file when somebody comes who needs it, in a worker, and not while it starts.
    package var isReadByWorkers: Bool {
        _read { yield fields.value.isReadByWorkers }
        set { fields.value.isReadByWorkers = newValue }
    }
}
