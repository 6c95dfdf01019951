import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `log.tmpl`, `connections.tmpl`, `tls.tmpl` and `headers.tmpl` can name: what holds for all servers.
struct HTTPContext: TemplateContext {
    static let name = "HTTP"

    var settings: HTTPSettings
    var accessLog: LogDestination?
    var temporaryFolder: TemporaryFolderContext?
    /// Where answers of services are kept that are asked about requests.
    var answerFolder: FilePath?
    /// How endpoints are looked up; `nil` where they are not.
    var endpoints: EndpointLookupContext?
    /// The name servers for all other names; empty where servers that need some have their own.
    var resolvers: [SocketAddress]
    var hashes: HashTables
    var requestHeaders: RequestHeaders
    /// The transports to backends.
    var spoken: Set<BackendProtocol>
    /// Whether canaries take some of the requests, so that the log names them.
    var hasCanaries: Bool
    var client: ClientVariables
    /// The rules that all locations inherit by which requests are filtered; `nil` for none.
    var firewall: FirewallContext?
    var usesHTTP2Directive: Bool
    var hasKeepaliveMinTimeout: Bool
    /// The certificate that nginx reads for clients of servers without one.
    var liveCertificate: FilePath?
    /// How many certificates and keys nginx keeps in memory; `nil` for an nginx that keeps none.
    var keptCertificates: Int?
    /// Where nginx hands connections over to itself; `nil` where it hands none over.
    var sockets: TLSPassthrough.Sockets?

    init(
        _ configuration: Configuration,
        _ shared: SharedByServers,
        _ needs: SharedNeeds,
        _ capabilities: NginxCapabilities,
        _ hashes: HashTables
    ) {
        spoken = needs.spoken
        hasCanaries = needs.hasCanaries
        settings = configuration.settings
        let log = configuration.settings.log
        accessLog = log.isOn ? configuration.process.accessLog.map { log.destination ?? .file($0) } : nil
        temporaryFolder = configuration.process.temporaryFolder.flatMap {
            // A shadow is gone as soon as it has answered.
            TemporaryFolderContext($0, isOneForAll: configuration.echo != nil)
        }
        answerFolder = needs.keepsAnswers ? configuration.process.answerFolder(capabilities) : nil
        endpoints = configuration.endpoints.map(EndpointLookupContext.init)
        resolvers = endpoints == nil ? configuration.resolvers : []
        self.hashes = hashes
        requestHeaders = shared.requestHeaders
        client = shared.client
        firewall = shared.firewall.shared
        usesHTTP2Directive = capabilities.hasHTTP2Directive && configuration.settings.tls.usesHTTP2
        hasKeepaliveMinTimeout = capabilities.hasKeepaliveMinTimeout
        sockets = configuration.streams?.passthrough?.sockets
        guard let certificates = shared.liveCertificates else { return }
        liveCertificate = certificates.path(of: configuration.servers.first?.certificate ?? shared.fallbackCertificate)
        // A pair takes two places, and two more while the one before it is not forgotten.
        let count = configuration.certificateCount * 4
        if capabilities.hasCertificateCache { keptCertificates = max(1_024, Self.powerOfTwo(above: count)) }
    }

    /// A line of the log; `nil` for the usual one.
    private var logFormat: Expression? {
        guard let format = settings.log.format?.text ?? (client.address == .remoteAddress ? nil : .usualLog) else {
            return nil
        }
        return client.connected(hasCanaries ? format : format.withoutCanary)
    }

    /// A bound that changes rarely.
    private static func powerOfTwo(above count: Int) -> Int { 1 << (Int.bitWidth - count.leadingZeroBitCount) }

    static let fields: [TemplateField<Self>] = [
        .optional("accessLog") { $0.accessLog },
        .optional("logFormat") { $0.logFormat },
        .flag("hasCanaries") { $0.hasCanaries },
        .flag("usesLogVariables") { !($0.settings.log.format?.variables.isEmpty ?? true) },
        .optional("logEscaping") { $0.settings.log.escaping.flatMap { Identifier($0.rawValue) } },
        .record("logBuffer") { http in
            // nginx sends lines to syslog as they come.
            if case .syslog = http.accessLog { return LogBufferContext() }
            return LogBufferContext(buffering: http.settings.log.buffering)
        },
        .flag("leavesOutURIs") { !$0.settings.log.unloggedURIs.isEmpty },
        .optional("firewall") { $0.firewall },
        .optional("exporter") { ExporterContext($0.settings) },
        .list("databases") { http in http.settings.places?.contexts(of: http.client.address) ?? [] },
        .optional("temporaryFolder") { $0.temporaryFolder },
        .record("serverNamesHash") { HashSizesContext(sizes: $0.hashes.serverNames) },
        .record("variablesHash") { HashSizesContext(sizes: $0.hashes.variables) },
        .record("mapHash") { HashSizesContext(sizes: $0.hashes.maps) },
        .optional("answerFolder") { $0.answerFolder },
        .optional("endpoints") { $0.endpoints },
        .flag("usesResolver") { !$0.resolvers.isEmpty },
        .argument("resolvers") { $0.resolvers },
        .flag("resolvesIPv4Only") { $0.settings.resolvesIPv4Only },
        .flag("usesHTTP2Directive") { $0.usesHTTP2Directive },
        .flag("hasKeepaliveMinTimeout") { $0.hasKeepaliveMinTimeout },
        .optional("liveCertificate") { $0.liveCertificate },
        .optional("keptCertificates") { $0.keptCertificates.flatMap { Identifier("\($0)") } },
        .argument("routedHost") { Identifier($0.client.routedHost) },
        .argument("listenerPort") { Identifier($0.client.listenerPort) },
        .flag("handsConnectionsOver") { !$0.client.ofConnections.isEmpty },
        .flag("namesHandedClientsByHeader") { $0.settings.forwarding?.namesHandedClientsByHeader ?? false },
        .optional("forwarding") { http in
            http.settings.forwarding.map { forwarding in
                ForwardingContext(forwarding: forwarding, sockets: http.sockets)
            }
        },
        .flag("makesRequestIDs") { $0.settings.makesRequestIDs },
        .flag("passesServerHeader") { $0.settings.passesServerHeader },
        .argument("showsVersion") { Flag($0.settings.showsVersion) },
        .optional("sessionCache") { $0.settings.tls.sessionCache.map { Identifier($0) } },
        .optional("sessionTicketKey") { $0.settings.tls.sessionTicketKey },
        .optional("keyExchangeParameters") { $0.settings.tls.keyExchangeParameters },
        .list("requestHeaders") { $0.requestHeaders.contexts },
        .flag("speaksHTTPS") { !$0.spoken.isDisjoint(with: [.https, .automatic]) },
        .flag("speaksGRPC") { $0.spoken.contains(where: \.isGRPC) },
        .flag("speaksGRPCS") { $0.spoken.contains(.grpcs) },
        .list("gatewayHiddenHeaders") { $0.settings.allResponseHeaders.hidden },
        .list("grpcRequestHeaders") { $0.requestHeaders.overGRPC.contexts },
        .settings("grpcSettings") { $0.settings.directives.counterparts(for: .grpc) },
        .flag("speaksFastCGI") { $0.spoken.contains(.fastCGI) },
        .list("fastCGIParameters") { FastCGIParameters($0.requestHeaders, nil, $0.client).contexts },
        .settings("fastCGISettings") { $0.settings.directives.counterparts(for: .fastCGI) },
        .record("responseHeaders") { http in
            let headers = http.client.connected(http.settings.allResponseHeaders)
            return ResponseHeadersContext(headers: headers == ResponseHeaders() ? nil : headers)
        },
        .record("responseChanges") { ResponseChangesContext(changes: $0.settings.responseChanges) },
        .settings("settings") { $0.settings.directives },
    ]
}

extension Configuration {
    /// How many certificates servers have.
    var certificateCount: Int { privateFiles.count { $0.kind == .certificate } }
}

/// The tables that nginx finds names in.
struct HashTables: Sendable, Hashable {
    var serverNames: HashSizes
    var variables: HashSizes
    var maps: HashSizes

    /// - Parameter variableCount: How many variables there are beside those of the declarations.
    init(serverNames: HashSizes, _ declarations: [SharedDeclaration], variableCount: Int) {
        self.serverNames = serverNames
        variables = HashSizes(ofVariables: declarations, besides: variableCount)
        maps = HashSizes(ofMaps: declarations)
    }
}

/// The fields that `logBuffer` in `log.tmpl` can name.
struct LogBufferContext: TemplateContext {
    static let name = "LogBuffer"

    var buffering: AccessLog.Buffering?

    static let fields: [TemplateField<Self>] = [
        .optional("size") { $0.buffering?.size },
        .optional("flush") { $0.buffering?.flush },
        .optional("compression") { $0.buffering?.compression },
    ]
}

/// The fields that `mapHash` and the like in `resources.tmpl` can name.
struct HashSizesContext: TemplateContext {
    static let name = "HashSizes"

    var sizes: HashSizes

    static let fields: [TemplateField<Self>] = [
        .optional("maxSize") { $0.sizes.maxSize },
        .optional("bucketSize") { $0.sizes.bucketSize },
    ]
}

/// The fields that `endpoints` in `resources.tmpl` can name.
struct EndpointLookupContext: TemplateContext {
    static let name = "EndpointLookup"

    var lookup: EndpointLookup

    static let fields: [TemplateField<Self>] = [
        .argument("servers") { $0.lookup.servers },
        .flag("isIPv4Only") { $0.lookup.family == .ipv4 },
        .flag("isIPv6Only") { $0.lookup.family == .ipv6 },
    ]
}
