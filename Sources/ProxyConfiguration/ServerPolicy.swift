package import Diagnostics
package import Incremental
package import NginxSyntax

/// The settings of all locations of a host, whichever Ingress brings them in.
package struct ServerPolicy: Sendable, Hashable {
    /// The Strict-Transport-Security header in place of the backends' own; `nil` leaves that to them.
    package var strictTransportSecurity: StrictTransportSecurity?
    /// Where a request for `/` is sent, before anything else is looked at.
    package var appRoot: AppRoot?
    /// The ciphers that are allowed, as OpenSSL names them; `nil` for those of all hosts.
    package var ciphers: Text?
    /// Whether nginx's order of ciphers counts, and not the client's; `nil` for what holds for all hosts.
    package var prefersOwnCiphers: Bool?

    /// The certificates that clients have to show; `nil` for none.
    package var clients: ClientVerification?
    /// Whether connections of TLS are passed on as they are, so that nothing else of the host holds for them.
    package var passesTLS = false
    /// What it says beside; `nil` for nothing.
    package var additions: ByReference<ServerAdditions>?

    /// Whether something of it is about handshakes, of which nginx asks a server only if it names a certificate.
    package var saysTLS: Bool { ciphers != nil || prefersOwnCiphers != nil || clients?.certificates != nil }

    package init(strictTransportSecurity: StrictTransportSecurity? = nil, appRoot: AppRoot? = nil) {
        self.strictTransportSecurity = strictTransportSecurity
        self.appRoot = appRoot
    }
}

/// A redirect of `/` to the place where an application begins.
package struct AppRoot: Sendable, Hashable {
    /// An absolute path, which may name ``Expression/requestVariables``.
    package var path: Expression
    package var origin: ObjectReference?

    package init(path: Expression, origin: ObjectReference? = nil) {
        self.path = path
        self.origin = origin
    }
}
