package import Diagnostics
import Incremental
package import NginxSyntax

/// Servers that share the requests for one port of one Service.
package struct Upstream: Sendable, Hashable {
    private struct Fields: Sendable, Hashable {
        var name: Identifier
        var origin: ObjectReference?
        var balancing: LoadBalancing
        var servers: [SocketAddress]
    }

    private var fields: ByReference<Fields>

    package init(
        name: Identifier,
        origin: ObjectReference? = nil,
        balancing: LoadBalancing = .roundRobin,
        servers: [SocketAddress]
    ) {
        fields = ByReference(Fields(name: name, origin: origin, balancing: balancing, servers: servers))
    }

    /// Begins with a hash: nginx compares names from their first byte, over all upstreams, for each `proxy_pass`.
    package var name: Identifier {
        get { fields.value.name }
        set { fields.value.name = newValue }
    }

    package var origin: ObjectReference? {
        get { fields.value.origin }
        set { fields.value.origin = newValue }
    }

    package var balancing: LoadBalancing {
        get { fields.value.balancing }
        set { fields.value.balancing = newValue }
    }

    /// Never empty: nginx takes no upstream without a server.
    package var servers: [SocketAddress] {
        get { fields.value.servers }
        set { fields.value.servers = newValue }
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
