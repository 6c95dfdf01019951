package import Diagnostics
package import NginxSyntax

/// The hosts whose connections of TLS nginx passes on as they are.
///
/// The host that a client asks for decides: a server of `stream` takes the connections at the ports of HTTPS, and hands
/// those for all other hosts to HTTPS, with the client's address in a line of the PROXY protocol.
package struct TLSPassthrough: Sendable, Hashable {
    /// In the order of their hosts; empty only where TLS was passed on until a moment ago, and no more is.
    package var hosts: [PassedHost]
    /// The hosts that were passed on until a moment ago: workers of then still take connections for them.
    package var retired: [PassedHost] = []
    /// The hosts below a wildcard among these to which HTTPS is served.
    package var exceptions: [HostName]
    package var sockets: Sockets

    /// The Unix sockets behind the server that takes connections.
    package struct Sockets: Sendable, Hashable {
        /// Where HTTPS is served.
        package var https: FilePath
        /// Where HTTPS is served to those who come through proxies that are believed, where not everybody is.
        package var proxies: FilePath
        /// Where connections come that are passed on.
        package var passing: FilePath

        package init(https: FilePath, proxies: FilePath, passing: FilePath) {
            (self.https, self.proxies, self.passing) = (https, proxies, passing)
        }

        /// Where they are unless somebody says otherwise.
        package static let usual = Sockets(
            https: FilePath(known: "/run/postern/https.sock"),
            proxies: FilePath(known: "/run/postern/proxies.sock"),
            passing: FilePath(known: "/run/postern/tls.sock")
        )
    }

    package init(_ hosts: [PassedHost], exceptions: [HostName] = [], at sockets: Sockets) {
        (self.hosts, self.exceptions, self.sockets) = (hosts, exceptions, sockets)
    }

    /// Whether connections are taken at the ports of HTTPS; else only those come that workers take which end.
    package var takesConnections: Bool { !hosts.isEmpty }

    /// The host of a server, as it is passed on; `nil` where nginx ends TLS itself.
    package func passed(_ host: HostPattern) -> PassedHost? { hosts.first { $0.host == host } }
}

/// A host whose connections of TLS are passed on.
package struct PassedHost: Sendable, Hashable {
    package var host: HostPattern
    package var origin: ObjectReference?
    /// The name of the Service's port, such as `tls_shop_web_443`; two hosts may share it.
    package var service: Identifier
    /// `nil` where nobody is there to get connections, which are closed.
    package var target: StreamTarget?

    package init(_ host: HostPattern, origin: ObjectReference? = nil, service: Identifier, target: StreamTarget?) {
        (self.host, self.origin, self.service, self.target) = (host, origin, service, target)
    }

    /// The Service's port, such as `shop/web:443`.
    package var destinationText: String { BackendName.words(ofUpstream: service) }
}
