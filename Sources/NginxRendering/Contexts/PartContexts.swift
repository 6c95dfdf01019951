import Incremental
import ProxyConfiguration

/// The contexts of upstreams and servers, those that have not changed being the ones of the rendering before.
struct PartContexts: Sendable {
    private(set) var upstreams: [UpstreamContext] = []
    private(set) var servers: [ServerContext] = []
    private var latest: (upstreams: [Upstream], servers: [VirtualServer]) = ([], [])
    private var shared: SharedByServers?

    mutating func update(_ configuration: Configuration, _ shared: SharedByServers) {
        if self.shared != shared {
            self = PartContexts()
            self.shared = shared
        }
        let changedUpstreams = DifferingStretch(from: latest.upstreams, to: configuration.upstreams, by: ==)
        upstreams.replaceSubrange(
            changedUpstreams.old,
            with: configuration.upstreams[changedUpstreams.new].map { UpstreamContext($0, shared.keptConnections) }
        )
        let changedServers = DifferingStretch(from: latest.servers, to: configuration.servers, by: ==)
        var new: [ServerContext] = []
        new.reserveCapacity(changedServers.new.count)
        for index in changedServers.new {
            let like = new.last ?? servers.last
            new.append(ServerContext(configuration.servers[index], shared, isDefault: index == 0, like: like))
        }
        servers.replaceSubrange(changedServers.old, with: new)
        // Another may be the first now, or no longer be it.
        for index in servers.indices where servers[index].isDefault != (index == 0) {
            servers[index] = ServerContext(
                configuration.servers[index],
                shared,
                isDefault: index == 0,
                like: servers[index]
            )
        }
        latest = (configuration.upstreams, configuration.servers)
    }
}
