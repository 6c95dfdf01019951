package import Diagnostics
package import Incremental

/// A virtual server: the handling of one host, or of one wildcard of hosts.
package struct VirtualServer: Sendable, Hashable {
    @usableFromInline var fields: ByReference<Fields>

    package struct Fields: Sendable, Hashable {
        package var host: HostPattern
        /// The oldest Ingress that names the host; `nil` for the server of unknown hosts.
        package var origin: ObjectReference?
        /// The host's own certificate; `nil` leaves handshakes to the fallback certificate.
        package var certificate: PrivateFile.Name?
        /// Whether that certificate names somebody who tells whether it is revoked, and whom nginx may ask.
        package var namesResponder = false
        /// The settings of all locations of the host.
        package var policy: ServerPolicy
        /// In order of precedence: the first whose path matches serves a request.
        ///
        /// The last one is a prefix of `/`, so that each request has one.
        package var locations: [Location]
    }

    package init(
        host: HostPattern,
        origin: ObjectReference? = nil,
        certificate: PrivateFile.Name? = nil,
        policy: ServerPolicy = ServerPolicy(),
        locations: [Location]
    ) {
        fields = ByReference(
            Fields(host: host, origin: origin, certificate: certificate, policy: policy, locations: locations)
        )
    }

    // Written out and not looked up: a key path that is made at run time costs more than all else of a field.

    package var host: HostPattern {
        _read { yield fields.value.host }
        set { fields.host = newValue }
    }

    package var origin: ObjectReference? {
        _read { yield fields.value.origin }
        set { fields.origin = newValue }
    }

    package var certificate: PrivateFile.Name? {
        _read { yield fields.value.certificate }
        set { fields.certificate = newValue }
    }

    package var namesResponder: Bool {
        _read { yield fields.value.namesResponder }
        set { fields.namesResponder = newValue }
    }

    package var policy: ServerPolicy {
        _read { yield fields.value.policy }
        set { fields.policy = newValue }
    }

    package var locations: [Location] {
        _read { yield fields.value.locations }
        set { fields.locations = newValue }
    }

    /// The Ingresses that it is there for: the oldest of its host, or those of all that hosts without one come to.
    package var users: Set<ObjectReference> {
        Set(self.origin.map { [$0] } ?? self.locations.compactMap(\.origin))
    }

    /// The redirect to HTTPS that every location has, so that the server itself can redirect.
    ///
    /// A location that answers preflights, or refuses requests, does so first, and so does a script of the server.
    package var httpsRedirect: HTTPSRedirect? {
        if let additions = self.policy.additions, !additions.value.script.steps.isEmpty { return nil }
        let locations = self.locations
        let redirect = locations.first?.httpsRedirect
        let isShared = locations.allSatisfy { location in
            location.httpsRedirect == redirect && location.policy.value.cors == nil
                && location.policy.value.blocked == nil
        }
        return isShared ? redirect : nil
    }
}
