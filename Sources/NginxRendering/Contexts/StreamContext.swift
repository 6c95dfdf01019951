import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `stream.tmpl` can name: the ports of TCP and UDP.
struct StreamContext: TemplateContext {
    static let name = "Stream"

    var services: StreamServices
    var accessLog: LogDestination?
    /// Whether nginx can take a client's address from a line of the PROXY protocol.
    var readsAddresses: Bool
    /// Where HTTPS takes connections, unless TLS is passed on for some hosts.
    private var listeners: [Listener]
    private var hasSocketPerWorker: Bool
    private var separateProxies: [CIDRBlock]?

    init(_ services: StreamServices, of configuration: Configuration, _ capabilities: NginxCapabilities) {
        self.services = services
        let process = configuration.process
        listeners = configuration.listeners.filter { $0.scheme == .https }
        hasSocketPerWorker = configuration.settings.hasSocketPerWorker
        separateProxies = configuration.settings.forwarding.flatMap { $0.separatesProxies ? $0.proxies : nil }
        let log = services.settings.log
        accessLog = log.isOn ? process.accessLog.map { log.destination ?? .file($0) } : nil
        readsAddresses = capabilities.hasModule("stream_realip_module")
    }

    static let fields: [TemplateField<Self>] = [
        .optional("accessLog") { $0.accessLog },
        .optional("logFormat") { $0.services.settings.log.format },
        .record("logBuffer") { stream in
            // nginx sends lines to syslog as they come.
            if case .syslog = stream.accessLog { return LogBufferContext() }
            return LogBufferContext(buffering: stream.services.settings.log.buffering)
        },
        .optional("meter") { $0.meter },
        .flag("logsNothing") { $0.accessLog == nil && $0.meter == nil },
        .flag("usesResolver") { !$0.services.settings.resolvers.isEmpty },
        .argument("resolvers") { $0.services.settings.resolvers },
        .flag("resolvesIPv4Only") { $0.services.settings.resolvesIPv4Only },
        .argument("idleTime") { $0.services.settings.idleTime },
        .argument("triesOthers") { Flag($0.services.settings.triesOthers) },
        .argument("retryTime") { $0.services.settings.retryTime },
        .argument("tries") { $0.services.settings.tries },
        .flag("readsProxyLines") { $0.readsProxyLines },
        .argument("lineTime") { $0.services.settings.lineTime },
        .argument("responses") { $0.services.settings.responses },
        .flag("servesUDP") { $0.services.servers.contains { $0.transport == .udp } },
        .list("upstreams") { $0.upstreams },
        .list("servers") { $0.servers },
        .optional("passthrough") { $0.passthrough },
        .flag("closesConnections") { $0.services.passthrough?.closesConnections ?? false },
        .list("echoes") { $0.services.echoes.map(StreamEchoContext.init) },
    ]

    private var meter: LogDestination? { services.settings.meter.map(LogDestination.socket) }

    /// Whether lines of the PROXY protocol come from others than nginx itself.
    private var readsProxyLines: Bool {
        services.servers.contains(where: \.readsProxyLine)
            || services.passthrough != nil && listeners.contains(where: \.readsProxyLine)
    }

    /// Those of the Services, each once.
    private var upstreams: [StreamUpstreamContext] {
        var known: Set<Identifier> = []
        let own = services.servers.lazy.filter { !$0.target.servers.isEmpty }.map { StreamUpstreamContext($0) }
        let passed = services.passthrough?.upstreams ?? []
        return (own + passed).filter { known.insert($0.upstreamName).inserted }
    }

    private var passthrough: PassthroughContext? {
        services.passthrough.map { passthrough in
            PassthroughContext(
                passthrough: passthrough,
                listeners: listeners,
                hasSocketPerWorker: hasSocketPerWorker,
                believedProxies: services.settings.believedProxies,
                readsAddresses: readsAddresses,
                namesBackend: namesBackends,
                separateProxies: separateProxies
            )
        }
    }

    /// Whether the log has the names of Services' ports.
    private var namesBackends: Bool {
        accessLog != nil && services.settings.log.format?.parts.contains(.variable(.streamBackend)) ?? false
    }

    private var servers: [StreamServerContext] {
        let namesBackends = namesBackends
        return services.servers.map { server in
            StreamServerContext(
                server: server,
                believedProxies: server.readsProxyLine && readsAddresses ? services.settings.believedProxies : [],
                isUnlogged: accessLog != nil && !(server.additions?.value.isLogged ?? true),
                meter: meter,
                namesBackend: namesBackends
            )
        }
    }
}

/// The fields that `stream-server.tmpl` can name: one port.
struct StreamServerContext: TemplateContext {
    static let name = "StreamServer"

    var server: StreamServer
    var believedProxies: [CIDRBlock]
    /// Whether it is left out of the log.
    var isUnlogged: Bool
    var meter: LogDestination?
    /// Whether the log has the name of the Service's port.
    var namesBackend: Bool

    var origin: ObjectReference? { server.origin }

    static let fields: [TemplateField<Self>] = [
        .optional("comment") { $0.origin.map(CommentText.init) },
        .list("addresses") { $0.server.addresses },
        .flag("usesUDP") { $0.server.transport == .udp },
        // Each worker must get the datagrams of its own clients; a socket in a folder has one owner.
        .flag("isOfWorker") { $0.server.transport == .udp && !$0.server.addresses.contains(where: \.isUnix) },
        .flag("readsProxyLine") { $0.server.readsProxyLine },
        .flag("sendsProxyLine") { $0.server.sendsProxyLine },
        .list("believedProxies") { $0.believedProxies },
        .list("accessRules") { $0.server.additions?.value.access.map(AccessRuleContext.init) ?? [] },
        .flag("isUnlogged") { $0.isUnlogged && $0.meter == nil },
        // What is said here stands in place of what is said of all ports.
        .optional("ownMeter") { $0.isUnlogged ? $0.meter : nil },
        .settings("settings") { $0.server.additions?.value.settings ?? DirectiveSettings<StreamServerBlock>() },
        .optional("logName") { context in
            context.namesBackend ? Expression(parts: [.literal(BackendName(context.server.service).text)]) : nil
        },
        .optional("externalName") { StreamNameContext($0.server.target) },
        .optional("upstream") { $0.server.target.servers.isEmpty ? nil : $0.server.service },
    ]
}

/// The fields that `external` in `stream-server.tmpl` can name: a host that is resolved while serving.
struct StreamNameContext: TemplateContext {
    static let name = "StreamName"

    var host: HostName
    var port: PortNumber

    /// Returns `nil` for servers that have addresses.
    init?(_ target: StreamTarget) {
        guard case .name(let host, let port) = target else { return nil }
        (self.host, self.port) = (host, port)
    }

    static let fields: [TemplateField<Self>] = [.argument("host") { $0.host }, .argument("port") { $0.port }]
}

/// The fields that `echo` in `stream.tmpl` can name: a server that answers in place of a Service.
struct StreamEchoContext: TemplateContext {
    static let name = "StreamEcho"

    var echo: StreamEcho

    static let fields: [TemplateField<Self>] = [
        .argument("address") { $0.echo.address }, .argument("answer") { $0.echo.answer },
    ]
}

extension SocketAddress {
    fileprivate var isUnix: Bool { if case .unix = self { true } else { false } }
}

extension VariableName {
    /// The name of the Service's port, as a log has it.
    fileprivate static let streamBackend = VariableName(known: "proxy_upstream_name")
}
