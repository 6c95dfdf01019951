import Incremental
import NginxSyntax
import ProxyConfiguration

extension Configuration {
    /// The upstreams among some that are new whose requests nobody served before.
    ///
    /// They were answered by 404, since no Ingress named their host, or by 503, since their Service had no endpoint. So nothing
    /// is lost where they are answered by 502 for the milliseconds until nginx knows the first endpoint. All else that
    /// an upstream may be asked for makes it one of the others.
    func upstreamsOfUnservedRequests(
        among new: Set<Identifier>,
        after before: Configuration
    ) -> Set<Identifier> {
        guard !new.isEmpty, streams?.passthrough == nil, before.streams?.passthrough == nil else { return [] }
        let earlier = Dictionary(before.servers.map { ($0.host.text, $0) }) { first, _ in first }
        var unserved: Set<Identifier> = []
        var others: Set<Identifier> = []
        for server in servers {
            let old = earlier[server.host.text]
            if server == old { continue }
            let isUnknown = old == nil && !server.host.isServed(among: earlier)
            for location in server.locations {
                others.formUnion(location.upstreamsAskedBeside.intersection(new))
                guard let name = location.upstream(among: new) else { continue }
                if isUnknown || location.wasUnserved(by: old, insteadOf: server) {
                    unserved.insert(name)
                } else {
                    others.insert(name)
                }
            }
        }
        return unserved.subtracting(others)
    }
}

extension HostPattern {
    /// Whether requests for the host were passed on though it had no server of its own.
    fileprivate func isServed(among servers: [String: VirtualServer]) -> Bool {
        let parent = text.split(separator: ".", maxSplits: 1).dropFirst().first ?? ""
        if servers["*.\(parent)"] != nil { return true }
        return servers[HostPattern.any.text]?.locations.contains(where: \.isServed) ?? false
    }
}

extension Location {
    /// The one of some upstreams that all of its requests are passed on to.
    fileprivate func upstream(among new: Set<Identifier>) -> Identifier? {
        guard case .proxy(let proxying) = action, proxying.standsInFor == nil, proxying.backends.canary == nil,
            case .upstream(let name) = proxying.backends.primary, new.contains(name)
        else { return nil }
        return name
    }

    /// The upstreams that it asks for some of its requests, or for other ends.
    fileprivate var upstreamsAskedBeside: Set<Identifier> {
        var names: Set<Identifier> = []
        if case .proxy(let proxying) = action, proxying.standsInFor != nil || proxying.backends.canary != nil {
            for case .upstream(let name) in proxying.backends.all { names.insert(name) }
        }
        if case .upstream(let name)? = policy.errorPages?.backend { names.insert(name) }
        if case .upstream(let name)? = policy.authentication?.service { names.insert(name) }
        if case .upstream(let name)? = policy.mirror?.receiver { names.insert(name) }
        return names
    }

    /// Whether the same location of the same paths was there before, and had no endpoint.
    fileprivate func wasUnserved(by old: VirtualServer?, insteadOf server: VirtualServer) -> Bool {
        guard let old, old.locations.map(\.path) == server.locations.map(\.path) else { return false }
        return old.locations.first { $0.path == path }.map { !$0.isServed && $0.isUnavailable } ?? false
    }

    /// Whether somebody else than nginx answers.
    fileprivate var isServed: Bool { !backends.isEmpty || policy.errorPages != nil }

    private var isUnavailable: Bool {
        if case .status(let status) = action { status.value == 503 } else { false }
    }
}
