import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `upstream` in `stream.tmpl` can name.
struct StreamUpstreamContext: TemplateContext {
    static let name = "StreamUpstream"

    let upstreamName: Identifier
    private let servers: [SocketAddress]
    private let upstream: StreamUpstream?

    init(_ server: StreamServer) {
        (upstreamName, servers) = (server.service, server.target.servers)
        upstream = server.additions?.value.upstream
    }

    /// Servers among which connections go round.
    init(upstreamName: Identifier, servers: [SocketAddress]) {
        (self.upstreamName, self.servers) = (upstreamName, servers)
        upstream = nil
    }

    static let fields: [TemplateField<Self>] = [
        .argument("name") { $0.upstreamName },
        .flag("usesLeastConnections") { $0.upstream?.balancing == .leastConnections },
        .flag("usesRandom") { $0.upstream?.balancing == .random(ofTwo: false) },
        .flag("usesRandomOfTwo") { $0.upstream?.balancing == .random(ofTwo: true) },
        .optional("hashKey") { $0.hashKey(isConsistent: false) },
        .optional("ringKey") { $0.hashKey(isConsistent: true) },
        .list("members") { context in
            context.servers.map { StreamMemberContext(address: $0, context.upstream?.members[$0]) }
        },
    ]

    private func hashKey(isConsistent: Bool) -> Expression? {
        guard case .hash(let key, isConsistent) = upstream?.balancing else { return nil }
        return key
    }
}

/// The fields that `member` in `stream.tmpl` can name: a server of an upstream.
struct StreamMemberContext: TemplateContext {
    static let name = "StreamMember"

    private let address: SocketAddress
    private let member: StreamMember

    init(address: SocketAddress, _ member: StreamMember?) {
        (self.address, self.member) = (address, member ?? StreamMember())
    }

    static let fields: [TemplateField<Self>] = [
        .argument("address") { $0.address },
        .argument("mostFailures") { $0.member.mostFailures },
        .optional("failureTime") { $0.member.failureTime },
        .optional("weight") { $0.member.weight },
        .optional("mostConnections") { $0.member.mostConnections },
        .flag("isBackup") { $0.member.isBackup },
    ]
}
