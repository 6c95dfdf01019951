package import NginxSyntax

/// Which clients a location serves, by their addresses.
///
/// nginx looks at it once it knows that a request is to be passed on: a redirect or a status is for everybody.
package struct AccessPolicy: Sendable, Hashable {
    /// Clients of these networks are answered with 403.
    package var denied: [CIDRBlock]

    package init(denied: [CIDRBlock]) {
        self.denied = denied
    }

    package func denies(_ client: IPAddress) -> Bool { denied.contains { $0.contains(client) } }
}
