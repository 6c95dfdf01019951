package import NginxSyntax

/// HTTP/3 beside TLS, at the UDP ports of the same numbers.
package struct HTTP3Offer: Sendable, Hashable {
    /// The port at which clients reach it, which `Alt-Svc` tells them.
    package var publicPort: PortNumber

    package init(publicPort: PortNumber) { self.publicPort = publicPort }
}
