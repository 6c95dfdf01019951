import Incremental
import NginxSyntax
import ProxyConfiguration
import Synchronization

/// What is proven of a large configuration of which few servers differ from one that serves: these, with what they use.
///
/// All else has been proven. nginx takes the whole, or refuses it and serves on as before, when it is told to reload: to
/// have a shadow read ten thousand servers as well takes as long as the reload itself.
struct ProofPart {
    let configuration: Configuration
    /// The same servers as they serve.
    let served: Configuration

    /// With fewer servers a shadow is as quick with all of them.
    private static let fewestServers = 256
    /// One server of so many may have changed.
    private static let serversForEach = 8

    /// Returns `nil` where anything else has changed, and where there is little to leave out.
    ///
    /// - Parameter known: The upstreams of the configuration before, by their names.
    fileprivate init?(
        of configuration: Configuration,
        since served: Configuration,
        _ known: inout NamedElements<Identifier, Upstream>
    ) {
        guard configuration.servers.count >= Self.fewestServers, configuration.streams?.passthrough == nil,
            configuration.differsOnlyInServers(from: served)
        else { return nil }
        let changed = ServerChanges(of: configuration, since: served).servers
        guard changed.count * Self.serversForEach <= configuration.servers.count else { return nil }
        // Of a host that has gone, requests come to another server.
        let router = Router(configuration)
        let hosts = Set(changed.flatMap { [$0.host, router.server(named: $0.host.probed)?.host].compactMap(\.self) })
        var part = configuration.part(of: hosts)
        // To look at the names of thousands for a few takes longer than all else of a part.
        known.follow(configuration.upstreams, by: \.name)
        let names = part.upstreamsOfServers.union(Self.changedUpstreams(of: configuration, since: served))
        part.upstreams = names.sorted().compactMap { known[$0] }
        // What upstreams served is asked of nobody.
        var before = served.part(of: hosts)
        // No port of TCP or UDP has changed.
        (part.streams, before.streams) = (nil, nil)
        (self.configuration, self.served) = (part, before)
    }

    private static func changedUpstreams(
        of configuration: Configuration,
        since served: Configuration
    ) -> Set<Identifier> {
        let stretch = DifferingStretch(from: served.upstreams, to: configuration.upstreams, by: ==)
        let known = Dictionary(
            served.upstreams[stretch.old].map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return Set(configuration.upstreams[stretch.new].filter { known[$0.name] != $0 }.map(\.name))
    }
}

/// Takes the part that is proven from one configuration after another.
final class PartsOfProofs: Sendable {
    private let upstreams = Mutex(NamedElements<Identifier, Upstream>())

    /// Returns `nil` as ``ProofPart`` does.
    func part(of configuration: Configuration, since served: Configuration) -> ProofPart? {
        upstreams.withLock { ProofPart(of: configuration, since: served, &$0) }
    }
}
