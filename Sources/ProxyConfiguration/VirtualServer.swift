package import Diagnostics
import Incremental
package import NginxSyntax

/// What nginx does for one host, or for one wildcard of hosts.
package struct VirtualServer: Sendable, Hashable {
    private struct Fields: Sendable, Hashable {
        var host: HostPattern
        var origin: ObjectReference?
        var certificate: TLSCertificate.FileName?
        var strictTransportSecurity: StrictTransportSecurity?
        var appRoot: AppRoot?
        var locations: [Location]
    }

    private var fields: ByReference<Fields>

    package init(
        host: HostPattern,
        origin: ObjectReference? = nil,
        certificate: TLSCertificate.FileName? = nil,
        strictTransportSecurity: StrictTransportSecurity? = nil,
        appRoot: AppRoot? = nil,
        locations: [Location]
    ) {
        fields = ByReference(
            Fields(
                host: host,
                origin: origin,
                certificate: certificate,
                strictTransportSecurity: strictTransportSecurity,
                appRoot: appRoot,
                locations: locations
            )
        )
    }

    package var host: HostPattern {
        get { fields.value.host }
        set { fields.value.host = newValue }
    }

    /// The oldest Ingress that names the host; `nil` for the server of unknown hosts.
    package var origin: ObjectReference? {
        get { fields.value.origin }
        set { fields.value.origin = newValue }
    }

    /// The Ingresses that it is there for: the oldest of its host, or those of all that hosts without one come to.
    package var users: Set<ObjectReference> { Set(origin.map { [$0] } ?? locations.compactMap(\.origin)) }

    /// The host's own certificate; `nil` leaves handshakes to the fallback certificate.
    package var certificate: TLSCertificate.FileName? {
        get { fields.value.certificate }
        set { fields.value.certificate = newValue }
    }

    /// What its HTTPS responses say in place of what backends do; `nil` leaves that to them.
    package var strictTransportSecurity: StrictTransportSecurity? {
        get { fields.value.strictTransportSecurity }
        set { fields.value.strictTransportSecurity = newValue }
    }

    /// Where a request for `/` is sent, before anything else is looked at.
    package var appRoot: AppRoot? {
        get { fields.value.appRoot }
        set { fields.value.appRoot = newValue }
    }

    /// In order of precedence: the first whose path matches serves a request.
    ///
    /// The last one is a prefix of `/`, so that each request has one.
    package var locations: [Location] {
        get { fields.value.locations }
        set { fields.value.locations = newValue }
    }

    /// The status of the redirect to HTTPS that every location has, so that the server itself can redirect.
    package var httpsRedirect: StatusCode? {
        let status = locations.first?.httpsRedirect
        return locations.allSatisfy { $0.httpsRedirect == status } ? status : nil
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
}
