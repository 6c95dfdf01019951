import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `upstream.tmpl` can name.
///
/// A class, so that one which is that of the rendering before is known for it at a glance.
final class UpstreamContext: TemplateContext {
    static let name = "Upstream"

    let upstream: Upstream
    private let sharing: ByReference<SharedByServers>
    /// The needs that others meet.
    let needs: UpstreamNeeds

    init(_ upstream: Upstream, _ shared: ByReference<SharedByServers>) {
        self.upstream = upstream
        sharing = shared
        var needs = UpstreamNeeds(spoken: upstream.policy.transport.speaks)
        switch upstream.policy.balancing {
        case .hash(let key): hashKey = shared.value.client.connected(key)
        case .setByHash(let key, let size):
            let sets = ServerSets(of: upstream, hashing: key, size: size)
            hashKey = Expression(sets.key)
            needs.declarations = sets.declarations
        case .session(let rule) where rule.namesServers:
            let servers = SessionServers(of: upstream.name, rule)
            hashKey = Expression(servers.key)
            needs.declarations = servers.declarations(upstream.servers)
        case .session(let rule):
            let variables = SessionVariables(rule.cookie)
            hashKey = Expression(variables.key)
            needs.declarations = [variables.declaration]
        case .roundRobin, .leastConnections, .randomTwoLeastConnections, .clientAddress: hashKey = nil
        }
        if upstream.policy.balancing.hashedText?.usesDollarVariable ?? false { needs.declarations.append(.dollar) }
        self.needs = needs
    }

    static func == (left: UpstreamContext, right: UpstreamContext) -> Bool {
        left === right
            || left.upstream == right.upstream && left.defaults == right.defaults && left.hashKey == right.hashKey
    }

    func hash(into hasher: inout Hasher) { hasher.combine(upstream.name) }

    var origin: ObjectReference? { upstream.origin }
    private var defaults: UpstreamDefaults { _read { yield sharing.value.upstreams } }

    /// `nil` where none are kept, and nginx needs not be told.
    private var keptConnections: KeptConnectionsContext? {
        if upstream.policy.transport.keepsConnections {
            if let own = upstream.policy.keptConnections { return KeptConnectionsContext(own) }
            if defaults.keptConnections.count.value > 0 { return KeptConnectionsContext(defaults.keptConnections) }
        }
        return defaults.areKeptUnasked ? KeptConnectionsContext.noConnection : nil
    }

    /// The text that an endpoint is found by; `nil` where it is found otherwise.
    private let hashKey: Expression?

    static let fields: [TemplateField<UpstreamContext>] = [
        .argument("name") { $0.upstream.name },
        .flag("usesLeastConnections") { $0.upstream.policy.balancing == .leastConnections },
        .flag("usesRandom") { $0.upstream.policy.balancing == .randomTwoLeastConnections },
        .flag("usesClientAddress") { $0.upstream.policy.balancing == .clientAddress },
        .optional("hashKey") { $0.hashKey },
        .optional("endpointMemory") { $0.upstream.names.isEmpty ? nil : $0.defaults.endpointMemory },
        .list("servers") { $0.upstream.servers },
        .list("names") { $0.upstream.names },
        .optional("keptConnections") { $0.keptConnections },
    ]
}

/// What holds for all upstreams that say nothing else.
struct UpstreamDefaults: Sendable, Hashable {
    var keptConnections: KeptConnectionDefaults
    /// Whether nginx keeps connections where nothing is said.
    var areKeptUnasked: Bool
    /// The memory for endpoints that are looked up; `nil` where none are.
    var endpointMemory: ByteSize?
}

extension LoadBalancing {
    /// The text of users that is hashed; `nil` for none.
    fileprivate var hashedText: Expression? {
        switch self {
        case .hash(let key), .setByHash(let key, _): key
        case .roundRobin, .leastConnections, .randomTwoLeastConnections, .clientAddress, .session: nil
        }
    }
}

extension BackendTransport {
    /// Whether connections may be kept: one that has spoken plain HTTP takes no handshake, and one of FastCGI keeps a process
    /// of its program from serving others.
    fileprivate var keepsConnections: Bool { speaks != .automatic && speaks != .fastCGI }
}

/// The fields that `kept` in `upstream.tmpl` can name.
struct KeptConnectionsContext: TemplateContext {
    static let name = "KeptConnections"

    var count: Number
    var requests: Number?
    var idleTime: TimeSpan?
    var lifetime: TimeSpan?

    /// No connection is kept.
    static let noConnection = KeptConnectionsContext(count: Number(0))

    private init(count: Number) { self.count = count }

    init(_ kept: KeptConnections) {
        (count, requests, idleTime) = (kept.count, kept.requests, kept.idleTime)
    }

    init(_ kept: KeptConnectionDefaults) {
        (count, requests, idleTime, lifetime) = (kept.count, kept.requests, kept.idleTime, kept.lifetime)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("count") { $0.count },
        .optional("requests") { $0.requests },
        .optional("idleTime") { $0.idleTime },
        .optional("lifetime") { $0.lifetime },
    ]
}
