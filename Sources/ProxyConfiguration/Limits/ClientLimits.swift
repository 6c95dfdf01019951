package import Diagnostics
package import NginxSyntax

/// How many requests and connections one client may have, counted over all locations of an Ingress together.
///
/// nginx looks at it before it looks at who the client is. What it counts outlives a change of the configuration.
package struct ClientLimits: Sendable, Hashable {
    /// The Ingress whose locations count together.
    package var origin: ObjectReference
    /// The text that tells clients apart; one for which it is empty has no limits.
    package var key: Expression
    /// Clients of these networks have no limits.
    package var exempt: [CIDRBlock]
    /// How many requests a client may have under way at once; `nil` for no limit.
    package var connections: Int?
    package var perSecond: Rate?
    package var perMinute: Rate?
    /// The answer to a request that comes too early.
    package var requestRefusal: StatusCode
    /// The answer to a request beyond ``connections``.
    package var connectionRefusal: StatusCode

    /// How many requests are served in a second or a minute.
    package struct Rate: Sendable, Hashable {
        package var requests: Int
        /// How many more are served at once, before a client has to keep to the rate.
        package var burst: Int

        package init(requests: Int, burst: Int) { (self.requests, self.burst) = (requests, burst) }
    }

    package init(
        of origin: ObjectReference,
        by key: Expression,
        exempt: [CIDRBlock] = [],
        connections: Int? = nil,
        perSecond: Rate? = nil,
        perMinute: Rate? = nil,
        requestRefusal: StatusCode = .serviceUnavailable,
        connectionRefusal: StatusCode = .serviceUnavailable
    ) {
        self.origin = origin
        self.key = key
        self.exempt = exempt
        self.connections = connections
        self.perSecond = perSecond
        self.perMinute = perMinute
        self.requestRefusal = requestRefusal
        self.connectionRefusal = connectionRefusal
    }
}
