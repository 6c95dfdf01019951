import NginxSyntax
import ProxyConfiguration
import Template

/// What `log.tmpl`, `connections.tmpl`, `tls.tmpl` and `headers.tmpl` can name: what holds for all servers.
struct HTTPContext: TemplateContext {
    static let name = "HTTP"

    var settings: HTTPSettings
    var accessLog: FilePath?
    var temporaryFolder: TemporaryFolderContext?
    var resolvers: [SocketAddress]
    var serverNames: NamesHash
    var variables: NamesHash
    var requestHeaders: RequestHeaders
    var usesHTTP2Directive: Bool
    var hasKeepaliveMinTimeout: Bool

    init(
        _ configuration: Configuration,
        _ shared: SharedByServers,
        _ capabilities: NginxCapabilities,
        serverNames: NamesHash,
        variables: NamesHash
    ) {
        settings = configuration.settings
        accessLog = configuration.process.accessLog
        temporaryFolder = configuration.process.temporaryFolder.flatMap(TemporaryFolderContext.init)
        resolvers = configuration.resolvers
        self.serverNames = serverNames
        self.variables = variables
        requestHeaders = shared.requestHeaders
        usesHTTP2Directive = capabilities.hasHTTP2Directive
        hasKeepaliveMinTimeout = capabilities.hasKeepaliveMinTimeout
    }

    static let fields: [TemplateField<Self>] = [
        .optional("accessLog") { $0.accessLog },
        .optional("temporaryFolder") { $0.temporaryFolder },
        .optional("serverNamesHashMaxSize") { $0.serverNames.maxSize },
        .optional("serverNamesHashBucketSize") { $0.serverNames.bucketSize },
        .optional("variablesHashMaxSize") { $0.variables.maxSize },
        .optional("variablesHashBucketSize") { $0.variables.bucketSize },
        .flag("usesResolver") { !$0.resolvers.isEmpty },
        .argument("resolvers") { $0.resolvers },
        .flag("usesHTTP2Directive") { $0.usesHTTP2Directive },
        .flag("hasKeepaliveMinTimeout") { $0.hasKeepaliveMinTimeout },
        .list("requestHeaders") { $0.requestHeaders.contexts },
        .record("responseHeaders") { http in
            let headers = http.settings.responseHeaders
            return ResponseHeadersContext(headers: headers == ResponseHeaders() ? nil : headers)
        },
        .settings("settings") { $0.settings.directives },
    ]
}
