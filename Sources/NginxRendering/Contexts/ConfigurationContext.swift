import NginxSyntax
import ProxyConfiguration
import Template

/// What `nginx.tmpl` can name.
struct ConfigurationContext: TemplateContext {
    static let name = "Configuration"

    var process: ProcessSettings
    var settings: DirectiveSettings<HTTPBlock>
    var temporaryFolder: TemporaryFolderContext?
    var resolvers: [SocketAddress]
    var transportSecurity: [TransportSecurityContext]
    var namesHash: ServerNamesHash
    var usesHTTP2Directive: Bool
    var hasKeepaliveMinTimeout: Bool
    var redirectsToHTTPS: Bool
    var usesDollar: Bool
    var upstreams: [UpstreamContext]
    var servers: [ServerContext]
    var status: SocketAddress?
    var echo: SocketAddress?

    init(_ configuration: Configuration, _ capabilities: NginxCapabilities, _ contexts: inout PartContexts) {
        process = configuration.process
        settings = configuration.settings
        temporaryFolder = configuration.process.temporaryFolder.flatMap(TemporaryFolderContext.init)
        resolvers = configuration.resolvers
        usesHTTP2Directive = capabilities.hasHTTP2Directive
        hasKeepaliveMinTimeout = capabilities.hasKeepaliveMinTimeout
        status = configuration.status
        echo = configuration.echo
        contexts.update(
            configuration,
            SharedByServers(of: configuration, usesHTTP2Directive: capabilities.hasHTTP2Directive)
        )
        upstreams = contexts.upstreams
        servers = contexts.servers
        namesHash = ServerNamesHash(servers.lazy.compactMap(\.needs.nameLength))
        redirectsToHTTPS = servers.contains { $0.needs.redirectsToHTTPS }
        usesDollar = servers.contains { $0.needs.usesDollar } || upstreams.contains { $0.usesDollar }
        transportSecurity = servers.policies.sorted { $0.headerValue < $1.headerValue }
            .compactMap(TransportSecurityContext.init)
    }

    static let fields: [TemplateField<Self>] = [
        .optional("workerShutdownTimeout") { $0.process.workerShutdownTimeout },
        .optional("pidFile") { $0.process.pidFile },
        .optional("errorLog") { $0.process.errorLog },
        .optional("refusalLog") { $0.process.refusalLog },
        .optional("accessLog") { $0.process.accessLog },
        .optional("temporaryFolder") { $0.temporaryFolder },
        .optional("serverNamesHashMaxSize") { $0.namesHash.maxSize },
        .optional("serverNamesHashBucketSize") { $0.namesHash.bucketSize },
        .settings("settings") { $0.settings },
        .flag("usesResolver") { !$0.resolvers.isEmpty },
        .argument("resolvers") { $0.resolvers },
        .flag("usesHTTP2Directive") { $0.usesHTTP2Directive },
        .flag("hasKeepaliveMinTimeout") { $0.hasKeepaliveMinTimeout },
        .flag("redirectsToHTTPS") { $0.redirectsToHTTPS },
        .list("transportSecurity") { $0.transportSecurity },
        .flag("usesDollar") { $0.usesDollar },
        .list("upstreams") { $0.upstreams },
        .list("servers") { $0.servers },
        .optional("status") { $0.status },
        .flag("isShadow") { $0.echo != nil },
        .optional("echo") { $0.echo },
    ]
}

extension [ServerContext] {
    /// What servers say of TLS, each once; nearly all of them say the same.
    fileprivate var policies: Set<StrictTransportSecurity> {
        var policies: Set<StrictTransportSecurity> = []
        var last: StrictTransportSecurity?
        for server in self where server.needs.strictTransportSecurity != last {
            last = server.needs.strictTransportSecurity
            if let last { policies.insert(last) }
        }
        return policies
    }
}

/// The folders that nginx wants for what does not fit into memory.
struct TemporaryFolderContext: TemplateContext {
    static let name = "TemporaryFolder"

    var requestBodies: FilePath
    var responses: FilePath
    var fastCGI: FilePath
    var uwsgi: FilePath
    var scgi: FilePath

    init?(_ folder: FilePath) {
        guard let requestBodies = FilePath(folder.value + "/client-body"),
            let responses = FilePath(folder.value + "/proxy"),
            let fastCGI = FilePath(folder.value + "/fastcgi"),
            let uwsgi = FilePath(folder.value + "/uwsgi"),
            let scgi = FilePath(folder.value + "/scgi")
        else { return nil }
        (self.requestBodies, self.responses) = (requestBodies, responses)
        (self.fastCGI, self.uwsgi, self.scgi) = (fastCGI, uwsgi, scgi)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("requestBodies") { $0.requestBodies },
        .argument("responses") { $0.responses },
        .argument("fastCGI") { $0.fastCGI },
        .argument("uwsgi") { $0.uwsgi },
        .argument("scgi") { $0.scgi },
    ]
}
