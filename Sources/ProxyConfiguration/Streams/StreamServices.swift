package import NginxSyntax

/// The ports of TCP and UDP that nginx serves beside HTTP.
package struct StreamServices: Sendable, Hashable {
    /// By transport and port; empty only beside ``passthrough``.
    package var servers: [StreamServer]
    package var settings: StreamSettings
    /// The hosts whose TLS is passed on at the ports of HTTPS; `nil` for none.
    package var passthrough: TLSPassthrough?
    /// The servers that answer in place of every Service; only a shadow has them.
    package var echoes: [StreamEcho] = []

    package init(_ servers: [StreamServer], _ settings: StreamSettings = StreamSettings()) {
        (self.servers, self.settings) = (servers, settings)
    }
}

/// The settings of all ports of TCP and UDP.
package struct StreamSettings: Sendable, Hashable {
    /// How long nothing may come from either side.
    package var idleTime: TimeSpan = TimeSpan(seconds: 600)
    /// Whether a connection that an endpoint does not take is passed to another.
    package var triesOthers = true
    /// How long endpoints are tried; 0 sets no limit.
    package var retryTime: TimeSpan = TimeSpan(seconds: 600)
    /// How many endpoints are tried; 0 sets no limit.
    package var tries = Number(3)
    /// How many datagrams end the wait for an answer to one of a client's.
    package var responses = Number(1)
    package var log = StreamLog()
    /// Where a line for each session is counted; `nil` where nobody does.
    package var meter: LogSocket?
    /// The networks of those who are believed what a line of the PROXY protocol says.
    package var believedProxies: [CIDRBlock] = []
    /// How long such a line may take to come.
    package var lineTime: TimeSpan = TimeSpan(seconds: 5)
    /// The name servers for Services that stand for a name; empty where none does.
    package var resolvers: [SocketAddress] = []
    /// Whether names are resolved to addresses of IPv4 only.
    package var resolvesIPv4Only = false

    package init() {}
}

/// The log of connections, and of the exchanges of datagrams.
package struct StreamLog: Sendable, Hashable {
    package var isOn = true
    /// `nil` leaves it to ``ProcessSettings/accessLog``.
    package var destination: LogDestination?
    /// `nil` logs what ingress-nginx does.
    package var format: Expression?
    package var buffering: AccessLog.Buffering?

    package init() {}
}

/// A server of a shadow that answers with the name of the Service's port which it stands for.
package struct StreamEcho: Sendable, Hashable {
    package var address: SocketAddress
    package var answer: Identifier
}
