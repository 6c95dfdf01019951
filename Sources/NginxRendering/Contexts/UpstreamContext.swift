import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// What `upstream.tmpl` can name.
struct UpstreamContext: TemplateContext {
    static let name = "Upstream"

    var upstream: Upstream

    init(_ upstream: Upstream) {
        self.upstream = upstream
    }

    /// No two upstreams have one name.
    func hash(into hasher: inout Hasher) { hasher.combine(upstream.name) }

    var origin: ObjectReference? { upstream.origin }

    var hashKey: Expression? {
        if case .hash(let key) = upstream.balancing { key } else { nil }
    }

    static let fields: [TemplateField<Self>] = [
        .argument("name") { $0.upstream.name },
        .flag("usesLeastConnections") { $0.upstream.balancing == .leastConnections },
        .flag("usesRandom") { $0.upstream.balancing == .randomTwoLeastConnections },
        .flag("usesClientAddress") { $0.upstream.balancing == .clientAddress },
        .optional("hashKey") { $0.hashKey },
        .list("servers") { $0.upstream.servers },
    ]
}
