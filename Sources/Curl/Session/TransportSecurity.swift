package import Diagnostics

/// How two sides of a TLS connection know each other.
package struct TransportSecurity: Sendable, Hashable {
    package var trust: Trust
    /// The name that the server's certificate must be for; `nil` means the URL's host.
    package var serverName: String?
    package var identity: Identity?

    package init(trust: Trust = .system, serverName: String? = nil, identity: Identity? = nil) {
        self.trust = trust
        self.serverName = serverName
        self.identity = identity
    }

    /// The authorities that are trusted to say who the server is.
    package enum Trust: Sendable, Hashable {
        /// The authorities that the system trusts.
        case system
        /// Those in a PEM file, which is read for each connection.
        case file(String)
        /// Those in PEM.
        case certificates([UInt8])
        /// Nobody's: whoever answers is believed.
        case anyone
    }

    /// A certificate in PEM and its key.
    package struct Identity: Sendable, Hashable {
        package var certificate: Material
        package var key: Material

        package init(certificate: Material, key: Material) {
            self.certificate = certificate
            self.key = key
        }
    }

    package enum Material: Sendable, Hashable {
        /// A file, which is read for each connection.
        case file(String)
        case bytes(SecretBytes)
    }
}
