import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `external` in `location.tmpl` can name.
struct ExternalNameContext: TemplateContext {
    static let name = "ExternalName"

    var host: HostName
    var port: PortNumber

    init(host: HostName, port: PortNumber) {
        (self.host, self.port) = (host, port)
    }

    /// Returns `nil` for a backend that is not resolved while serving.
    init?(_ backend: Backend) {
        guard case .name(let host, let port) = backend else { return nil }
        self.init(host: host, port: port)
    }

    static let fields: [TemplateField<Self>] = [
        .argument("host") { $0.host },
        .argument("port") { $0.port },
    ]
}

/// The fields that `rewrite` in `location.tmpl` can name.
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
