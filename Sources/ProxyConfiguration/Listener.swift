package import NginxSyntax

/// An address where nginx takes connections for every server.
package struct Listener: Sendable, Hashable {
    package enum Scheme: String, Sendable, Hashable, CaseIterable {
        case http
        case https
    }

    package var address: SocketAddress
    package var scheme: Scheme
    /// Whether each connection must begin with a line of the PROXY protocol.
    package var readsProxyLine = false

    package init(_ scheme: Scheme, at address: SocketAddress) {
        self.address = address
        self.scheme = scheme
    }
}
