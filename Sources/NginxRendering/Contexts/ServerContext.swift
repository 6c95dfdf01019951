import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// What `server.tmpl` can name.
struct ServerContext: TemplateContext {
    static let name = "Server"

    /// What is lowered only when it is rendered: most servers are those of the time before.
    let server: VirtualServer
    let listeners: [ListenerContext]
    let isDefault: Bool
    let fallbackCertificate: FilePath?
    let sendsStrictTransportSecurity: Bool

    /// No two servers have one host.
    func hash(into hasher: inout Hasher) { hasher.combine(server.host) }

    var origin: ObjectReference? { server.origin }
    var certificate: FilePath? { server.certificate ?? fallbackCertificate }
    var appRoot: Expression? { server.appRoot.flatMap { Expression(redirectingTo: $0.path) } }
    /// Whether every location redirects, so that the server itself can.
    var redirectsToHTTPS: Bool { server.locations.allSatisfy(\.redirectsToHTTPS) }

    var locations: [LocationContext] {
        let everyLocationRedirects = redirectsToHTTPS
        let isOfOneOrigin = server.locations.allSatisfy { $0.origin == nil || $0.origin == server.origin }
        return server.locationBlocks.map { block in
            LocationContext(
                block,
                namesOrigin: !isOfOneOrigin,
                redirectsToHTTPS: block.location.redirectsToHTTPS && !everyLocationRedirects
            )
        }
    }

    static let fields: [TemplateField<Self>] = [
        .optional("comment") { $0.origin.map(CommentText.init) },
        .list("listeners") { $0.listeners },
        .flag("isDefault") { $0.isDefault },
        .argument("name") { ServerName($0.server.host) },
        .optional("certificate") { $0.certificate },
        .flag("sendsStrictTransportSecurity") { $0.sendsStrictTransportSecurity },
        .optional("appRoot") { $0.appRoot },
        .flag("redirectsToHTTPS") { $0.redirectsToHTTPS },
        .list("locations") { $0.locations },
    ]
}

/// What `listener` in `server.tmpl` can name.
struct ListenerContext: TemplateContext {
    static let name = "Listener"

    var listener: Listener
    var usesHTTP2: Bool

    init(_ listener: Listener, usesHTTP2Directive: Bool) {
        self.listener = listener
        usesHTTP2 = listener.scheme == .https && !usesHTTP2Directive
    }

    static let fields: [TemplateField<Self>] = [
        .argument("address") { $0.listener.address },
        .flag("isSecure") { $0.listener.scheme == .https },
        .flag("usesHTTP2") { $0.usesHTTP2 },
    ]
}

extension ServerName {
    fileprivate init(_ host: HostPattern) {
        switch host {
        case .any: self = .any
        case .name(let name): self = .name(name)
        case .wildcard(let parent): self = Self.oneLabel(under: parent) ?? .any
        }
    }

    /// An expression, because nginx's own `*.` takes any number of labels.
    private static func oneLabel(under parent: HostName) -> ServerName? {
        (try? RegularExpression("^[^.]+\\.\(RegularExpression.escaping(parent.value))$")).map(ServerName.expression)
    }
}

extension Expression {
    /// The scheme and host of the request, with another path.
    fileprivate init?(redirectingTo path: Text) {
        guard let scheme = VariableName("scheme"), let host = VariableName("http_host") else { return nil }
        self.init(parts: [.variable(scheme), .literal("://"), .variable(host), .literal(path.value)])
    }
}
