import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// What `location.tmpl` can name.
struct LocationContext: TemplateContext {
    static let name = "Location"

    var comment: CommentText?
    var origin: ObjectReference?
    var match: LocationMatch
    var httpsRedirect: StatusCode?
    var isUnlogged: Bool
    /// What the access log calls the backend where its own map cannot tell.
    var backendName: Identifier?
    /// The same for a request that is redirected and has no upstream.
    var redirectedBackend: Identifier?
    var status: StatusCode?
    var isStubStatus = false
    var upstream: Identifier?
    var externalName: ExternalNameContext?
    var rewrite: RewriteContext?
    /// Whether the rewrite sends each request to a URL, so that nothing comes behind it.
    var redirects = false
    var deniedNetwork: CIDRBlock?
    var policy: ByReference<LocationPolicy>

    init(_ block: LocationBlock, namesOrigin: Bool, httpsRedirect: StatusCode?) {
        let location = block.location
        origin = location.origin
        comment = namesOrigin ? location.origin.map(CommentText.init) : nil
        match = block.match
        policy = location.policy
        self.httpsRedirect = httpsRedirect
        deniedNetwork = location.deniedNetwork
        isUnlogged = !location.isLogged
        backendName = location.backendName
        redirectedBackend = location.backendName == nil ? location.loggedBackend : nil
        switch location.action {
        case .status(let code): status = code
        case .stubStatus: isStubStatus = true
        case .redirect(let rewrite):
            self.rewrite = RewriteContext(rewrite)
            redirects = true
        case .proxy(let backend, let rewrite):
            self.rewrite = rewrite.map(RewriteContext.init)
            switch backend {
            case .upstream(let name): upstream = name
            case .name(let host, let port): externalName = ExternalNameContext(host: host, port: port)
            }
        }
    }

    static let fields: [TemplateField<Self>] = [
        .optional("comment") { $0.comment },
        .argument("match") { $0.match },
        .optional("httpsRedirect") { $0.httpsRedirect },
        .flag("isUnlogged") { $0.isUnlogged },
        .optional("backendName") { $0.backendName },
        .optional("redirectedBackend") { $0.redirectedBackend },
        .optional("status") { $0.status },
        .flag("isStubStatus") { $0.isStubStatus },
        .optional("upstream") { $0.upstream },
        .optional("externalName") { $0.externalName },
        .flag("usesExternalName") { $0.externalName != nil },
        .optional("rewrite") { $0.rewrite },
        .flag("redirects") { $0.redirects },
        .optional("deniedNetwork") { $0.deniedNetwork },
        .settings("settings") { $0.policy.value.settings },
    ]
}

/// What `external` in `location.tmpl` can name.
struct ExternalNameContext: TemplateContext {
    static let name = "ExternalName"

    var host: HostName
    var port: PortNumber

    static let fields: [TemplateField<Self>] = [
        .argument("host") { $0.host },
        .argument("port") { $0.port },
    ]
}

/// What `rewrite` in `location.tmpl` can name.
struct RewriteContext: TemplateContext {
    static let name = "Rewrite"

    var rewrite: Rewrite

    init(_ rewrite: Rewrite) {
        self.rewrite = rewrite
    }

    static let fields: [TemplateField<Self>] = [
        .optional("pattern") { $0.rewrite.pattern?.ignoringCase },
        .argument("target") { $0.rewrite.target },
    ]
}
