import NginxSyntax
import ProxyConfiguration

/// The properties that all servers of a configuration share.
struct SharedByServers: Sendable, Hashable {
    var listeners: ServerListeners
    /// Those of the server that comes first.
    var firstListeners: ServerListeners
    var namesHandedClientsByHeader: Bool
    var fallbackCertificate: FilePath
    /// The place of certificates that nginx reads when clients come; `nil` where it reads them while it starts.
    var liveCertificates: LiveCertificates?
    /// Whether a server without a certificate must name the fallback, because the default server has another one.
    var namesFallbackCertificate: Bool
    var staples: Bool
    /// Whether the fallback names somebody who tells whether it is revoked.
    var fallbackNamesResponder: Bool
    /// The headers of `http`, which hold for a block that sets none.
    var requestHeaders: RequestHeaders
    var responseHeaders: ResponseHeaders
    /// Whether clients could send headers by other names that backends take for the same.
    var dropsTwins: Bool
    var upstreams: UpstreamDefaults
    /// The name servers of servers that need some, where `http` has another that knows endpoints alone.
    var ownResolvers: [SocketAddress]
    var resolvesIPv4Only: Bool
    var questions: QuestionSupport
    /// The facts about their Ingress that locations set for the log.
    var logVariables: [LogVariable]
    var logsUnmatched: Bool
    /// Whether the log is written, so that locations set what it calls their backends.
    var isLogged: Bool
    /// How the templates find out how a client has asked.
    var client: ClientVariables
    /// Whether handshakes are refused for hosts that no server names.
    var refusesUnknownHosts: Bool
    /// Is set for requests that no server takes.
    var blocked: VariableName?
    /// The directives that locations have in common by which requests are filtered.
    var firewall: FirewallRules

    init(of configuration: Configuration, _ capabilities: NginxCapabilities) {
        listeners = ServerListeners(
            of: configuration,
            usesHTTP2: configuration.settings.tls.usesHTTP2 && !capabilities.hasHTTP2Directive
        )
        firstListeners = listeners.ofFirst(hasSocketPerWorker: configuration.settings.hasSocketPerWorker)
        namesHandedClientsByHeader = configuration.settings.forwarding?.namesHandedClientsByHeader ?? false
        fallbackCertificate = configuration.fallbackCertificate
        let own = configuration.servers.first?.certificate
        namesFallbackCertificate = own != nil && own != configuration.fallbackCertificate
        staples = configuration.settings.tls.staples
        let fallback = staples ? configuration.privateFiles.first { $0.file == configuration.fallbackCertificate } : nil
        fallbackNamesResponder = fallback?.namesResponder ?? false
        let forwarding = configuration.settings.forwarding
        client = ClientVariables(forwarding, isHandedOver: configuration.streams?.passthrough != nil)
        let headers = client.connected(
            (client.seesUsualPorts(of: configuration.listeners) ? .baseAtUsualPorts : RequestHeaders.base)
                .overridden(by: forwarding?.requestHeaders ?? RequestHeaders())
        ).overridden(by: client.asked(configuration.settings.requestHeaders))
        dropsTwins = configuration.settings.directives.value(of: "underscores_in_headers") == "on"
        let whole = configuration.echo == nil ? headers : headers.overridden(by: .ofShadow)
        requestHeaders = dropsTwins ? whole.withoutTwins : whole
        responseHeaders = client.connected(configuration.settings.allResponseHeaders)
        refusesUnknownHosts = configuration.settings.tls.refusesUnknownHosts
        upstreams = UpstreamDefaults(
            keptConnections: configuration.settings.keptConnections,
            areKeptUnasked: capabilities.keepsConnectionsUnasked,
            endpointMemory: configuration.endpoints?.memory
        )
        ownResolvers = configuration.endpoints == nil ? [] : configuration.resolvers
        resolvesIPv4Only = configuration.settings.resolvesIPv4Only
        blocked = configuration.settings.blocked.flatMap(LoweredBlocking.init)?.variable
        questions = QuestionSupport(
            isPossible: capabilities.hasModule("http_auth_request_module")
                && !capabilities.isDynamic("http_auth_request_module"),
            keepsAnswers: configuration.process.answerFolder(capabilities) != nil,
            joinsCookies: capabilities.joinsHeaders,
            isProbed: configuration.echo != nil,
            isLogged: configuration.settings.log.logsQuestions,
            client: client
        )
        firewall = FirewallRules(of: configuration)
        logsUnmatched = configuration.settings.log.logsUnmatched
        isLogged = configuration.settings.log.isOn && configuration.process.accessLog != nil
        logVariables = configuration.settings.namedVariables
    }
}
