package import NginxSyntax

/// How TLS is spoken with a backend: unless something is said, nobody shows a certificate that is checked.
package struct BackendTLS: Sendable, Hashable {
    /// The certificate, with its key, that the backend is shown.
    package var certificate: PrivateFile.Name?
    /// The authorities of the backend's certificate.
    package var authority: PrivateFile.Name?
    /// Whether the backend's certificate is checked, by ``authority``.
    package var verifies = false
    /// How long the chain of the backend's certificate may be.
    package var depth: Number?
    /// The host that the certificate must have, and that the backend is told, which may be that of the request.
    package var name: Expression?
    /// Whether the backend is told the host, by SNI.
    package var sendsName = false
    /// Such as `TLSv1.3`; empty for what is usual.
    package var protocols: [Identifier] = []
    package var ciphers: Text?

    package init() {}
}

extension BackendTLS: CustomStringConvertible {
    /// The same for no two.
    package var description: String {
        let files = [certificate?.value ?? "", authority?.value ?? ""].map { "'\($0)'" }.joined(separator: " ")
        let check = "\(verifies) \(depth.map { "\($0)" } ?? "-") \(name.map { "\($0)" } ?? "-") \(sendsName)"
        return "\(files) \(check) \(protocols.map(\.value)) \(ciphers?.value ?? "-")"
    }
}
