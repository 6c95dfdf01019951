import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `nginx.tmpl` can name.
struct ConfigurationContext: TemplateContext {
    static let name = "Configuration"

    var process: ProcessContext
    var http: HTTPContext
    var declarations: [SharedDeclaration]
    var upstreams: [UpstreamContext]
    var servers: [ServerContext]
    var status: SocketAddress?
    /// The places of the echo at which a backend is stood for.
    var echoes: [EchoContext]
    /// The ports of TCP and UDP; `nil` for none.
    var stream: StreamContext?

    init(
        _ configuration: Configuration,
        _ capabilities: NginxCapabilities,
        liveCertificates: LiveCertificates?,
        _ contexts: inout PartContexts
    ) {
        var shared = SharedByServers(of: configuration, capabilities)
        shared.liveCertificates = liveCertificates
        contexts.update(configuration, shared)
        upstreams = contexts.upstreams
        servers = contexts.servers
        if !shared.listeners.ofStrangers.isEmpty { servers += contexts.servers.map(\.ofStrangers) }
        process = ProcessContext(
            process: configuration.process,
            modules: capabilities.files(for: configuration.settings, filtersRequests: shared.firewall.isUsed)
                + (configuration.streams == nil ? [] : [capabilities.streamModuleFile].compactMap(\.self)),
            isShadow: configuration.echo != nil
        )
        status = configuration.status
        stream = configuration.streams.map { StreamContext($0, of: configuration, capabilities) }
        echoes = configuration.echoes(spoken: Set(contexts.upstreamNeeds.map(\.spoken)), capabilities)
        let blocking = configuration.settings.blocked.flatMap(LoweredBlocking.init)?.declarations ?? []
        let needs = contexts.serverNeeds
        declarations = shared.client.connected(
            SharedDeclaration.united(
                needs.declarations + needs.cookies(areJoined: shared.questions.joinsCookies)
                    + contexts.upstreamNeeds.flatMap(\.declarations)
                    + configuration.settings.log.declarations + blocking
                    + (configuration.settings.tracing?.sampler?.declarations ?? [])
                    + configuration.settings.maps.map(SharedDeclaration.init)
                    + (configuration.settings.usesDollar ? [.dollar] : [])
                    + [configuration.settings.http3?.declaration].compactMap(\.self)
                    + (liveCertificates == nil ? [] : [.certificateFile])
            )
        )
        http = HTTPContext(
            configuration,
            shared,
            needs,
            capabilities,
            HashTables(
                serverNames: contexts.serverNames,
                declarations,
                variableCount: configuration.settings.declaredVariableCount + shared.client.ofConnections.count
            )
        )
    }

    static let fields: [TemplateField<Self>] = [
        .record("process") { $0.process },
        .record("http") { $0.http },
        .list("declarations") { $0.declarations },
        .list("upstreams") { $0.upstreams },
        .list("servers") { $0.servers },
        .optional("status") { $0.status },
        .list("echoes") { $0.echoes },
        .optional("stream") { $0.stream },
    ]
}

extension NginxCapabilities {
    /// The files of the modules that settings need, each once.
    fileprivate func files(for settings: HTTPSettings, filtersRequests: Bool) -> [FilePath] {
        // Nearly all builds have nothing to load.
        guard !loadableModules.isEmpty else { return [] }
        let names =
            settings.directives.names + (settings.places == nil ? [] : ["geoip2"])
            + (filtersRequests ? ["modsecurity"] : [])
        let modules = Set(names.compactMap { DirectiveGrammar.directive(named: $0)?.module })
        return modules.sorted().compactMap(file)
    }
}

extension HTTPSettings {
    /// How many variables there are beside those of shared declarations.
    fileprivate var declaredVariableCount: Int {
        (forwarding?.variableCount ?? 0) + (places?.variables.count ?? 0)
    }

    fileprivate var usesDollar: Bool {
        (requestHeaders.headers.map(\.value) + responseHeaders.added.map(\.value) + (log.format.map { [$0.text] } ?? [])
            + maps.flatMap { [$0.source] + $0.entries.map(\.value) })
            .contains(where: \.usesDollarVariable)
    }
}
