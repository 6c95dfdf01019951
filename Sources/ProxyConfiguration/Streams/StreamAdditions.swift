package import NginxSyntax

/// What snippets say of a port, beside the Service that serves it.
package struct StreamAdditions: Sendable, Hashable {
    /// The field that has the port, such as `data[stream-snippet]`; `nil` for an entry of a ConfigMap of ports.
    package var field: String?
    package var settings = DirectiveSettings<StreamServerBlock>()
    /// What counts for a client is the first rule that is about it; clients that none is about are served.
    package var access: [AccessRule] = []
    package var isLogged = true
    /// How one of several servers is chosen; `nil` for those of a Service as it is.
    package var upstream: StreamUpstream?

    package init() {}

    /// Whether clients at an address are served.
    package func admits(_ client: IPAddress) -> Bool {
        access.first { $0.network.contains(client) }?.isAllowed ?? true
    }
}

/// How servers of TCP or UDP take turns.
package struct StreamUpstream: Sendable, Hashable {
    package enum Balancing: Sendable, Hashable {
        case roundRobin
        case leastConnections
        /// Any server, or the less busy one of two.
        case random(ofTwo: Bool)
        case hash(Expression, isConsistent: Bool)
    }

    package var balancing: Balancing
    /// Those of the servers that are not asked as all others are.
    package var members: [SocketAddress: StreamMember]

    package init(_ balancing: Balancing = .roundRobin, members: [SocketAddress: StreamMember] = [:]) {
        (self.balancing, self.members) = (balancing, members)
    }
}

/// How one server of several is asked.
package struct StreamMember: Sendable, Hashable {
    package var weight: Number?
    /// How often connections to it must fail for it to be left alone for a while; 0 for never.
    package var mostFailures = Number(0)
    package var failureTime: TimeSpan?
    package var mostConnections: Number?
    /// Whether it is asked only where no other server answers.
    package var isBackup = false

    package init() {}
}
