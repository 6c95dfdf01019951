import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Template

/// What `server.tmpl` can name.
struct ServerContext: TemplateContext {
    static let name = "Server"

    var comment: CommentText?
    var origin: ObjectReference?
    var listeners: [ListenerContext]
    var isDefault: Bool
    var serverName: ServerName
    var certificate: FilePath?
    var sendsStrictTransportSecurity: Bool
    var appRoot: Expression?
    /// Whether every location redirects, so that the server itself can.
    var redirectsToHTTPS: Bool
    var locations: [LocationContext]

    init(
        _ server: VirtualServer,
        listeners: [ListenerContext],
        isDefault: Bool,
        fallbackCertificate: FilePath?,
        sendsStrictTransportSecurity: Bool
    ) {
        origin = server.origin
        comment = server.origin.map(CommentText.init)
        self.listeners = listeners
        self.isDefault = isDefault
        serverName = ServerName(server.host)
        certificate = server.certificate ?? fallbackCertificate
        self.sendsStrictTransportSecurity = sendsStrictTransportSecurity
        appRoot = server.appRoot.flatMap { Expression(redirectingTo: $0.path) }
        let everyLocationRedirects = server.locations.allSatisfy(\.redirectsToHTTPS)
        redirectsToHTTPS = everyLocationRedirects
        let isOfOneOrigin = server.locations.allSatisfy { $0.origin == nil || $0.origin == server.origin }
        locations = server.locationBlocks.map { block in
            LocationContext(
                block,
                namesOrigin: !isOfOneOrigin,
                redirectsToHTTPS: block.location.redirectsToHTTPS && !everyLocationRedirects
            )
        }
    }

    var hasRedirectToHTTPS: Bool { redirectsToHTTPS || locations.contains(where: \.redirectsToHTTPS) }

    var usesDollar: Bool {
        appRoot?.usesDollarVariable ?? false || locations.contains(where: \.usesDollar)
    }

    static let fields: [TemplateField<Self>] = [
        .optional("comment") { $0.comment },
        .list("listeners") { $0.listeners },
        .flag("isDefault") { $0.isDefault },
        .argument("name") { $0.serverName },
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
