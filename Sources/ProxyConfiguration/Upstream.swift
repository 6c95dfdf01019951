package import Diagnostics
package import NginxSyntax

/// Servers that share the requests for one port of one Service.
package struct Upstream: Sendable, Hashable {
    /// Begins with a hash: nginx compares names from their first byte, over all upstreams, for each `proxy_pass`.
    package var name: Identifier
    package var origin: ObjectReference?
    package var balancing: LoadBalancing
    /// Never empty: nginx takes no upstream without a server.
    package var servers: [SocketAddress]

    package init(
        name: Identifier,
        origin: ObjectReference? = nil,
        balancing: LoadBalancing = .roundRobin,
        servers: [SocketAddress]
    ) {
        self.name = name
        self.origin = origin
        self.balancing = balancing
        self.servers = servers
    }
}

/// How an upstream chooses among its servers.
package enum LoadBalancing: Sendable, Hashable {
    case roundRobin
    case leastConnections
    /// Of two random servers the one with fewer connections.
    case randomTwoLeastConnections
    /// By the client's address: the first three bytes of IPv4, the whole of IPv6.
    case clientAddress
    /// By a consistent hash of a key.
    case hash(Expression)
}
