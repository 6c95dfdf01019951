import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `upstream.tmpl` can name.
///
/// A class, so that one which is that of the rendering before is known for it at a glance.
final class UpstreamContext: TemplateContext {
    static let name = "Upstream"

    let upstream: Upstream
    /// Whether it needs the variable that holds a dollar sign.
    let usesDollar: Bool

    init(_ upstream: Upstream) {
        self.upstream = upstream
        usesDollar = if case .hash(let key) = upstream.policy.balancing { key.usesDollarVariable } else { false }
    }

    static func == (left: UpstreamContext, right: UpstreamContext) -> Bool {
        left === right || left.upstream == right.upstream
    }

    func hash(into hasher: inout Hasher) { hasher.combine(upstream.name) }

    var origin: ObjectReference? { upstream.origin }

    var hashKey: Expression? {
        if case .hash(let key) = upstream.policy.balancing { key } else { nil }
    }

    static let fields: [TemplateField<UpstreamContext>] = [
        .argument("name") { $0.upstream.name },
        .flag("usesLeastConnections") { $0.upstream.policy.balancing == .leastConnections },
        .flag("usesRandom") { $0.upstream.policy.balancing == .randomTwoLeastConnections },
        .flag("usesClientAddress") { $0.upstream.policy.balancing == .clientAddress },
        .optional("hashKey") { $0.hashKey },
        .list("servers") { $0.upstream.servers },
        .flag("keepsConnections") { $0.upstream.policy.transport.keepsConnections },
        .optional("keptConnections") { $0.upstream.policy.keptConnections.map(KeptConnectionsContext.init) },
    ]
}

extension BackendTransport {
    /// Whether connections may be kept: one that has spoken plain HTTP takes no handshake.
    fileprivate var keepsConnections: Bool { speaks != .automatic }
}

/// The fields that `kept` in `upstream.tmpl` can name.
struct KeptConnectionsContext: TemplateContext {
    static let name = "KeptConnections"

    var kept: KeptConnections

    static let fields: [TemplateField<Self>] = [
        .argument("count") { $0.kept.count },
        .argument("requests") { $0.kept.requests },
        .argument("idleTime") { $0.kept.idleTime },
    ]
}
