import Incremental
import ProxyConfiguration

/// The contexts of upstreams and servers, those that have not changed being the ones of the rendering before.
struct PartContexts: Sendable {
    private(set) var upstreams: [UpstreamContext] = []
    private(set) var servers: [ServerContext] = []
    private(set) var upstreamNeeds: [UpstreamNeeds] = []
    private(set) var serverNeeds = SharedNeeds()
    private(set) var serverNames = HashSizes(ofServerNames: [])
    private var latest: (upstreams: [Upstream], servers: [VirtualServer]) = ([], [])
    private var shared: ByReference<SharedByServers>?

    mutating func update(_ configuration: Configuration, _ newShared: SharedByServers) {
        if shared?.value != newShared { self = PartContexts() }
        let shared = self.shared ?? ByReference(newShared)
        self.shared = shared
        updateUpstreams(to: configuration.upstreams, shared)
        updateServers(to: configuration.servers, shared)
        latest = (configuration.upstreams, configuration.servers)
    }

    private mutating func updateUpstreams(to new: [Upstream], _ shared: ByReference<SharedByServers>) {
        let changed = DifferingStretch(from: latest.upstreams, to: new, by: ==)
        // To replace nothing by nothing copies a list that others hold as well.
        guard !changed.isEmpty else { return }
        let contexts = new[changed.new].map { UpstreamContext($0, shared) }
        let isFirst = upstreams.isEmpty
        let needsAreSame = !isFirst && Set(upstreams[changed.old].map(\.needs)) == Set(contexts.map(\.needs))
        if isFirst { upstreams = contexts } else { upstreams.replaceSubrange(changed.old, with: contexts) }
        if !needsAreSame { upstreamNeeds = upstreams.needs }
    }

    private mutating func updateServers(to new: [VirtualServer], _ shared: ByReference<SharedByServers>) {
        let changed = DifferingStretch(from: latest.servers, to: new, by: ==)
        guard !changed.isEmpty else { return }
        let old = servers[changed.old]
        var latest = Dictionary(old.lazy.filter(\.hasManyLocations).map { ($0.server.host, $0) }) { first, _ in first }
        var contexts: [ServerContext] = []
        contexts.reserveCapacity(changed.new.count)
        for index in changed.new {
            let like = contexts.last ?? servers.last
            let known = latest.isEmpty ? nil : latest.removeValue(forKey: new[index].host)
            contexts.append(.of(new[index], shared, isDefault: index == 0, like: like, inPlaceOf: known))
        }
        let isFirst = servers.isEmpty
        let needsAreSame = !isFirst && Set(old.map(\.needs.value)) == Set(contexts.map(\.needs.value))
        let namesAreSame = old.map(\.nameLength) == contexts.map(\.nameLength)
        if isFirst { servers = contexts } else { servers.replaceSubrange(changed.old, with: contexts) }
        // The one behind the stretch may be the first now, or no longer be it.
        let next = changed.new.upperBound
        if next < servers.count, servers[next].isDefault != (next == 0) {
            let known = servers[next]
            servers[next] = .of(new[next], shared, isDefault: next == 0, like: known, inPlaceOf: known)
        }
        if !needsAreSame { serverNeeds = SharedNeeds(of: servers) }
        if !namesAreSame { serverNames = HashSizes(ofServerNames: servers.lazy.compactMap(\.nameLength)) }
    }
}
