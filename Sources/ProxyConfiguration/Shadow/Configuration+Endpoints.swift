import NginxSyntax

extension Configuration {
    /// Whether it differs from another in nothing but the addresses of endpoints.
    ///
    /// A shadow has an echo in place of each: there is nothing in such a change that a proof could find.
    package func differsOnlyInEndpoints(from other: Configuration) -> Bool {
        guard upstreams.count == other.upstreams.count else { return false }
        var rest = self
        rest.upstreams = other.upstreams
        return rest == other && zip(upstreams, other.upstreams).allSatisfy { $0.differsOnlyInEndpoints(from: $1) }
    }
}

extension Upstream {
    fileprivate func differsOnlyInEndpoints(from other: Upstream) -> Bool {
        if self == other { return true }
        guard !policy.balancing.namesServers else { return false }
        var rest = self
        rest.servers = other.servers
        return rest == other
    }
}

extension LoadBalancing {
    /// Whether servers are named elsewhere as well, as in a map of which cookie leads to which.
    fileprivate var namesServers: Bool {
        switch self {
        case .roundRobin, .leastConnections, .randomTwoLeastConnections, .clientAddress, .hash: false
        case .setByHash: true
        case .session(let rule): rule.namesServers
        }
    }
}
