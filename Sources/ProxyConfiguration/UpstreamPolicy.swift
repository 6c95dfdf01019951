import Incremental
package import NginxSyntax

/// How requests are passed to the servers of an upstream.
///
/// One Service's port has an upstream for each policy that Ingresses ask for, so that none changes what another gets.
package struct UpstreamPolicy: Sendable, Hashable {
    /// By reference: it is a part of every key of an upstream.
    private var fields: ByReference<Fields>

    private struct Fields: Sendable, Hashable {
        var balancing: LoadBalancing
        var keptConnections: KeptConnections?
        var transport: BackendTransport
        var asksVirtualAddress = false
    }

    package var balancing: LoadBalancing {
        _read { yield fields.value.balancing }
        set { fields.value.balancing = newValue }
    }

    /// How connections are kept; `nil` for how those to all backends are.
    package var keptConnections: KeptConnections? {
        _read { yield fields.value.keptConnections }
        set { fields.value.keptConnections = newValue }
    }

    package var transport: BackendTransport {
        _read { yield fields.value.transport }
        set { fields.value.transport = newValue }
    }

    /// Whether its only server is an address behind which others choose among servers.
    package var asksVirtualAddress: Bool {
        _read { yield fields.value.asksVirtualAddress }
        set { fields.value.asksVirtualAddress = newValue }
    }

    package init(
        balancing: LoadBalancing = .roundRobin,
        keptConnections: KeptConnections? = nil,
        transport: BackendTransport = .plain
    ) {
        fields = ByReference(Fields(balancing: balancing, keptConnections: keptConnections, transport: transport))
    }
}

/// How a worker keeps idle connections to the servers of an upstream.
package struct KeptConnections: Sendable, Hashable {
    /// How many it keeps at the most.
    package var count: Number
    /// How many requests one of them serves.
    package var requests: Number
    /// How long one of them may be idle.
    package var idleTime: TimeSpan

    package init(count: Number, requests: Number, idleTime: TimeSpan) {
        (self.count, self.requests, self.idleTime) = (count, requests, idleTime)
    }
}

/// How a worker keeps idle connections to the servers of upstreams that say nothing else; `nil` leaves it to nginx.
package struct KeptConnectionDefaults: Sendable, Hashable {
    /// How many it keeps at the most for each upstream; 0 keeps none.
    package var count: Number
    package var requests: Number?
    package var idleTime: TimeSpan?
    /// How long one of them may serve requests.
    package var lifetime: TimeSpan?

    package init(count: Number = Number(32)) { self.count = count }
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
    /// By a hash of a key one of the sets of so many servers, and by chance one server of it.
    case setByHash(Expression, size: Int)
    /// By a consistent hash of what a cookie holds; a client without it comes to any.
    case session(SessionRule)

    /// Whether it serves as well by servers of which nginx knows one name for all.
    ///
    /// A hash finds a server by its text, which is the name, and so it would find any of them.
    package var findsNamedServers: Bool {
        switch self {
        case .roundRobin, .leastConnections, .randomTwoLeastConnections: true
        case .clientAddress, .hash, .setByHash, .session: false
        }
    }
}

extension UpstreamPolicy: CustomStringConvertible {
    /// The same for no two policies: the words that nginx has for it.
    package var description: String {
        let kept = keptConnections.map { " keepalive \($0.count) \($0.requests) \($0.idleTime)" } ?? ""
        return method + kept + (transport == .plain ? "" : " by \(transport)")
            + (asksVirtualAddress ? " at a virtual address" : "")
    }

    private var method: String {
        switch balancing {
        case .roundRobin: "round_robin"
        case .leastConnections: "least_conn"
        case .randomTwoLeastConnections: "random two least_conn"
        case .clientAddress: "ip_hash"
        case .hash(let key): "hash \(key)"
        case .setByHash(let key, let size): "hash \(key) in sets of \(size)"
        case .session(let rule): "session \(rule)"
        }
    }
}
