import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `passthrough.tmpl` can name: the hosts whose TLS is passed on, and the servers that do it.
struct PassthroughContext: TemplateContext {
    static let name = "Passthrough"

    var passthrough: TLSPassthrough
    /// Those of HTTPS, in whose place connections are taken.
    var listeners: [Listener]
    /// Whether each worker has a socket of its own at each address.
    var hasSocketPerWorker: Bool
    var believedProxies: [CIDRBlock]
    /// Whether nginx can take a client's address from a line of the PROXY protocol.
    var readsAddresses: Bool
    /// Whether the log has the name of the Service's port.
    var namesBackend: Bool
    /// The proxies whose connections come to HTTPS by a socket of their own; `nil` where all come by one.
    var separateProxies: [CIDRBlock]?

    static let fields: [TemplateField<Self>] = [
        .record("mapHash") { context in
            let names = (context.entries + context.retiredEntries).compactMap(\.hashedLength)
            return HashSizesContext(sizes: HashSizes(ofHosts: names))
        },
        .flag("takesConnections") { $0.passthrough.takesConnections },
        .list("entries") { $0.entries },
        .flag("hasRetired") { !$0.passthrough.retired.isEmpty },
        .list("retired") { $0.retiredEntries },
        .flag("passesOn") { $0.passthrough.takesConnections || !$0.passthrough.retired.isEmpty },
        .argument("receiver") { Identifier($0.receiver) },
        .argument("https") { Expression(socket: $0.passthrough.sockets.https) },
        .flag("separatesProxies") { $0.separateProxies != nil },
        .list("proxies") { $0.separateProxies ?? [] },
        .argument("fromStrangers") { Text(socket: $0.passthrough.sockets.https) },
        .argument("throughProxies") { Text(socket: $0.passthrough.sockets.proxies) },
        .argument("peer") { Identifier($0.peer) },
        .argument("passing") { Expression(socket: $0.passthrough.sockets.passing) },
        .argument("passingAddress") { SocketAddress.unix($0.passthrough.sockets.passing) },
        .list("listeners") { context in
            context.listeners.map { FrontListenerContext(listener: $0, isOfWorker: context.hasSocketPerWorker) }
        },
        .list("believedProxies") { context in
            context.readsAddresses && context.listeners.contains(where: \.readsProxyLine) ? context.believedProxies : []
        },
        .flag("readsAddresses") { $0.readsAddresses },
        .flag("namesBackend") { $0.namesBackend },
    ]

    /// The address of who has connected, whatever a line in front of the connection says.
    private var peer: VariableName {
        readsAddresses && listeners.contains(where: \.readsProxyLine) ? .realPeerAddress : .remoteAddress
    }

    /// Holds who gets a connection that is passed on.
    private var receiver: VariableName {
        guard passthrough.takesConnections else { return VariableName(known: "retired_to") }
        return VariableName(known: passthrough.retired.isEmpty ? "passed_to" : "handed_to")
    }

    private var retiredEntries: [PassedHostContext] { passthrough.retired.compactMap(PassedHostContext.init) }

    private var entries: [PassedHostContext] {
        passthrough.hosts.compactMap(PassedHostContext.init)
            + passthrough.exceptions.compactMap { name in
                MapKey(.name(name)).map { PassedHostContext(host: $0, target: .empty) }
            }
    }
}

/// The fields that `entry` in `passthrough.tmpl` can name: a host, and who gets its connections.
struct PassedHostContext: TemplateContext {
    static let name = "PassedHost"

    var host: MapKey
    /// Nothing, where HTTPS is served.
    var target: Expression

    init(host: MapKey, target: Expression) {
        (self.host, self.target) = (host, target)
    }

    /// Returns `nil` for a host that no client names.
    init?(_ passed: PassedHost) {
        guard let host = MapKey(passed.host) else { return nil }
        self.init(host: host, target: Expression(passed))
    }

    /// The length in the table of the map, in bytes; `nil` for a key that is not in it.
    var hashedLength: Int? { if case .literal(let text) = host { text.value.utf8.count } else { nil } }

    static let fields: [TemplateField<Self>] = [.argument("host") { $0.host }, .argument("target") { $0.target }]
}

/// The fields that `listener` in `passthrough.tmpl` can name.
struct FrontListenerContext: TemplateContext {
    static let name = "FrontListener"

    var listener: Listener
    /// Whether each worker has a socket of its own there.
    var isOfWorker: Bool

    static let fields: [TemplateField<Self>] = [
        .argument("address") { $0.listener.address },
        .flag("isOfWorker") { $0.isOfWorker },
        .flag("readsProxyLine") { $0.listener.readsProxyLine },
    ]
}

extension TLSPassthrough {
    /// The upstreams of the hosts.
    var upstreams: [StreamUpstreamContext] {
        (hosts + retired).compactMap { host in
            guard let servers = host.target?.servers, !servers.isEmpty else { return nil }
            return StreamUpstreamContext(upstreamName: host.service, servers: servers)
        }
    }

    /// Whether connections of some host are closed.
    var closesConnections: Bool { hosts.contains { $0.target == nil } }
}

extension MapKey {
    /// A host as clients of TLS name it; `nil` for any.
    fileprivate init?(_ host: HostPattern) {
        switch host {
        case .any: return nil
        case .name(let name):
            guard let text = Text(name.value) else { return nil }
            self = .literal(text)
        case .wildcard(let parent):
            let pattern = "^[^.]+\\.\(RegularExpression.escaping(parent.value))$"
            guard let expression = try? RegularExpression(pattern) else { return nil }
            self = .expression(expression, ignoresCase: true)
        }
    }
}

extension Expression {
    fileprivate init(socket: FilePath) {
        self = Expression(literal: Text(socket: socket).value) ?? .empty
    }

    /// The receiver of a host's connections.
    fileprivate init(_ host: PassedHost) {
        switch host.target {
        case .servers: self = Expression(literal: host.service.value) ?? .empty
        case .name(let name, let port): self = Expression(literal: "\(name):\(port)") ?? .closed
        case nil: self = .closed
        }
    }

    /// The upstream without a server.
    private static let closed = Expression(known: "tls_closed")
}

extension Text {
    /// The place of a Unix socket, for those who connect; nothing where there is none.
    init(socket: FilePath?) {
        self = socket.flatMap { Text("unix:\($0.value)") } ?? Text(known: "")
    }
}
