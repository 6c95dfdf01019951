package import Diagnostics
package import NginxSyntax

/// What nginx does for one host, or for one wildcard of hosts.
package struct VirtualServer: Sendable, Hashable {
    package var host: HostPattern
    /// The oldest Ingress that names the host; `nil` for the server of unknown hosts.
    package var origin: ObjectReference?
    /// The host's own certificate; `nil` leaves handshakes to the fallback certificate.
    package var certificate: TLSCertificate.FileName?
    /// Whether the host is meant to be reached by TLS, be it with the fallback certificate.
    package var isSecure: Bool
    /// Where a request for `/` is sent, before anything else is looked at.
    package var appRoot: AppRoot?
    /// In order of precedence: the first whose path matches serves a request.
    ///
    /// The last one is a prefix of `/`, so that each request has one.
    package var locations: [Location]

    package init(
        host: HostPattern,
        origin: ObjectReference? = nil,
        certificate: TLSCertificate.FileName? = nil,
        isSecure: Bool = false,
        appRoot: AppRoot? = nil,
        locations: [Location]
    ) {
        self.host = host
        self.origin = origin
        self.certificate = certificate
        self.isSecure = isSecure
        self.appRoot = appRoot
        self.locations = locations
    }

    /// A redirect of `/` to the place where an application begins.
    package struct AppRoot: Sendable, Hashable {
        /// An absolute path, sent as it is.
        package var path: Text
        package var origin: ObjectReference?

        package init(path: Text, origin: ObjectReference? = nil) {
            self.path = path
            self.origin = origin
        }
    }
}
