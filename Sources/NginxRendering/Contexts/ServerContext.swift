import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration
import Template

/// The fields that `server.tmpl` can name.
///
/// A class, so that one which is that of the rendering before is known for it at a glance. What is lowered is lowered
/// only when it is rendered.
final class ServerContext: TemplateContext {
    static let name = "Server"

    let server: VirtualServer
    private let sharing: ByReference<SharedByServers>
    let isDefault: Bool
    /// Whether it serves those alone whom no proxy names, where those who come through proxies have a socket of their own.
    let isOfStrangers: Bool
    /// Its needs that `http` meets once for all servers.
    let needs: ByReference<SharedNeeds>
    /// The length of its name in nginx's table of names, in bytes; `nil` for one that is not in it.
    let nameLength: Int?
    /// What the next context of a server with very many locations takes over.
    private let many: ByReference<ManyLocations>?

    private init(
        _ server: VirtualServer,
        _ shared: ByReference<SharedByServers>,
        isDefault: Bool,
        isOfStrangers: Bool = false,
        _ needs: ByReference<SharedNeeds>,
        _ many: ByReference<ManyLocations>? = nil
    ) {
        self.server = server
        sharing = shared
        self.isDefault = isDefault
        self.isOfStrangers = isOfStrangers
        self.needs = needs
        self.many = many
        nameLength = if case .name(let name) = server.host { name.value.utf8.count } else { nil }
    }

    /// - Parameters:
    ///   - other: Where it needs the same as this server, both needs are one value in memory.
    ///   - latest: That of the same host in the rendering before, whose place it takes.
    static func of(
        _ server: VirtualServer,
        _ shared: ByReference<SharedByServers>,
        isDefault: Bool,
        like other: ServerContext?,
        inPlaceOf latest: ServerContext? = nil
    ) -> ServerContext {
        guard server.locations.count >= ManyLocations.fewest else {
            let needs = SharedNeeds(of: server)
            let known = other.flatMap { $0.needs.value == needs ? $0.needs : nil }
            return ServerContext(server, shared, isDefault: isDefault, known ?? ByReference(needs))
        }
        let changed = latest.flatMap { ChangedLocations(from: $0.server, to: server) }
        let known = changed.flatMap { latest?.needs(after: $0, as: server.policy) }
        let needs = known ?? ByReference(SharedNeeds(of: server))
        let plain = ServerContext(server, shared, isDefault: isDefault, needs)
        let parts = plain.parts(after: latest?.many?.value.parts, changed)
        let many = ManyLocations(memory: latest?.memory ?? ListMemory(), parts: parts)
        return ServerContext(server, shared, isDefault: isDefault, needs, ByReference(many))
    }

    /// The same host for those whom no proxy names: nginx takes clients' addresses from one place for all of a server.
    var ofStrangers: ServerContext {
        ServerContext(server, sharing, isDefault: isDefault, isOfStrangers: true, needs)
    }

    var shared: SharedByServers { _read { yield sharing.value } }
    var memory: ListMemory? { many?.value.memory }
    /// Whether its successor takes over what is kept of it.
    var hasManyLocations: Bool { many != nil }

    /// Its needs, where those of locations that have changed are the same as before.
    private func needs(after changed: ChangedLocations, as policy: ServerPolicy) -> ByReference<SharedNeeds>? {
        server.policy == policy && changed.needTheSame(under: policy) ? needs : nil
    }

    static func == (left: ServerContext, right: ServerContext) -> Bool {
        left === right
            || left.server == right.server && left.sharing == right.sharing && left.isDefault == right.isDefault
                && left.isOfStrangers == right.isOfStrangers
    }

    func hash(into hasher: inout Hasher) { hasher.combine(server.host) }

    var origin: ObjectReference? { server.origin }

    private var listeners: [ListenerContext] {
        let all = isDefault ? shared.firstListeners : shared.listeners
        return isOfStrangers ? all.ofStrangers : all.usual
    }

    /// nginx takes the default server's certificate for a server without one; naming it in `http` instead would have
    /// each server read it anew.
    var certificate: FilePath? {
        let needsOne = isDefault || shared.namesFallbackCertificate || server.policy.saysTLS
        return server.certificate ?? (needsOne ? shared.fallbackCertificate : nil)
    }
    /// The certificate where nginx reads it when a client comes.
    var liveCertificate: FilePath? {
        shared.liveCertificates.flatMap { certificates in certificate.flatMap(certificates.path) }
    }
    /// Whether clients are shown that the certificate is not revoked.
    var staples: Bool {
        guard shared.staples, certificate != nil else { return false }
        return server.certificate == nil ? shared.fallbackNamesResponder : server.namesResponder
    }
    /// Whether names are resolved while it serves, by others than the name server of `http`.
    var usesResolver: Bool {
        !shared.ownResolvers.isEmpty && (staples || server.locations.contains(where: \.resolvesNames))
    }
    var appRoot: Expression? {
        server.policy.appRoot.flatMap { Expression(redirectingTo: $0.path) }.map { shared.client.asked($0) }
    }
    /// The response headers of locations that set none themselves; `nil` where they are those of all servers.
    private var ownResponseHeaders: ResponseHeaders? {
        let (transport, own) = (server.policy.strictTransportSecurity, server.policy.additions?.value.responseHeaders)
        guard transport != nil || own ?? ResponseHeaders() != ResponseHeaders() else { return nil }
        let headers = transport.map { shared.responseHeaders.with($0.headers) } ?? shared.responseHeaders
        return own.map { headers.with(shared.client.connected($0)) } ?? headers
    }
    /// The name in the access log of the backend of a request that the server redirects: the one that every location
    /// has.
    var redirectedBackend: Identifier? {
        let name = server.locations.first?.loggedBackend
        return server.locations.allSatisfy { $0.loggedBackend == name } ? name.flatMap { Identifier($0.text) } : nil
    }

    /// The certificates that clients are asked for.
    private var clients: ClientCertificates? { server.policy.clients?.certificates }

    /// All that backends are told where a location sets none; `nil` where that is what all servers tell.
    private var ownRequestHeaders: RequestHeaders? {
        let own = (server.policy.additions?.value.requestHeaders).map(shared.client.asked) ?? RequestHeaders()
        guard clients != nil || own != RequestHeaders() else { return nil }
        let certificate = clients.map(RequestHeaders.sending) ?? RequestHeaders()
        let whole = shared.requestHeaders.overridden(by: own).overridden(by: certificate)
        return shared.dropsTwins ? whole.withoutTwins : whole
    }

    /// The same for backends that speak gRPC, where the server has some.
    private var ownGRPCRequestHeaders: [RequestHeaderContext] {
        guard needs.spoken.contains(where: \.isGRPC) else { return [] }
        return ownRequestHeaders?.overGRPC.contexts ?? []
    }

    private var inherited: InheritedHeaders {
        InheritedHeaders(
            request: ownRequestHeaders ?? shared.requestHeaders,
            response: ownResponseHeaders ?? shared.responseHeaders,
            dropsTwins: shared.dropsTwins
        )
    }

    /// Whether its locations take a client's address from a connection's line where no header names one.
    private var namesClientsByLine: Bool { shared.namesHandedClientsByHeader && !isOfStrangers }

    var questions: [QuestionContext] {
        guard needs.value.asksQuestions, shared.questions.isPossible else { return [] }
        var known: Set<Identifier> = []
        return server.locations.compactMap(\.question).filter { known.insert($0.name).inserted }
            .map { QuestionContext($0, inherited, shared.questions) }
    }

    var mirrors: [MirrorContext] {
        guard needs.value.copiesRequests else { return [] }
        var known: Set<Identifier> = []
        return server.locations.filter { $0.mirrorName.map { known.insert($0).inserted } ?? false }
            .compactMap { MirrorContext($0, inherited, shared.client) }
    }

    var errorPages: [ErrorsContext] {
        guard needs.value.replacesErrors else { return [] }
        return server.locations.compactMap {
            ErrorsContext(
                $0,
                inherited,
                isProbed: shared.questions.isProbed,
                namesClientsByLine: namesClientsByLine
            )
        }
    }

    private var locations: [LocationPart] {
        if let many { return many.value.parts }
        return parts(after: nil, nil)
    }

    private func parts(after latest: [LocationPart]?, _ changed: ChangedLocations?) -> [LocationPart] {
        let surroundings = LocationSurroundings(
            namesOrigin: !server.locations.allSatisfy { $0.origin == nil || $0.origin == server.origin },
            isRedirectedWhole: server.httpsRedirect != nil,
            inherited: inherited,
            shared: sharing,
            clients: clients.flatMap(LoweredClients.init),
            namesClientsByLine: namesClientsByLine
        )
        if let latest, let changed {
            let known = latest.first?.surroundings
            let place = known.map { $0.value == surroundings ? $0 : ByReference(surroundings) }
            if let parts = changed.applied(to: latest, in: place ?? ByReference(surroundings)) { return parts }
        }
        let place = ByReference(surroundings)
        return server.locationBlocks.map { LocationPart(block: $0, surroundings: place) }
    }

    static let fields: [TemplateField<ServerContext>] = [
        .optional("comment") { $0.origin.map(CommentText.init) },
        .list("listeners") { $0.listeners },
        .flag("isOfStrangers") { $0.isOfStrangers },
        .flag("isDefault") { $0.isDefault },
        .argument("name") { ServerName($0.server.host) },
        .optional("certificate") { $0.shared.liveCertificates == nil ? $0.certificate : nil },
        .optional("liveCertificate") { $0.liveCertificate },
        .flag("staples") { $0.staples },
        .optional("clients") { $0.clients.map(ClientCertificatesContext.init) },
        .flag("refusesEverybody") { $0.server.policy.clients != nil && $0.clients == nil },
        .list("requestHeaders") { $0.ownRequestHeaders?.contexts ?? [] },
        .list("grpcRequestHeaders") { $0.ownGRPCRequestHeaders },
        .record("responseHeaders") { ResponseHeadersContext(headers: $0.ownResponseHeaders) },
        .flag("usesResolver") { $0.usesResolver },
        .argument("resolvers") { $0.shared.ownResolvers },
        .flag("resolvesIPv4Only") { $0.shared.resolvesIPv4Only },
        .optional("ciphers") { $0.server.policy.ciphers },
        .optional("prefersOwnCiphers") { $0.server.policy.prefersOwnCiphers.map { Flag($0) } },
        .flag("refusesHandshakes") { $0.isDefault && $0.shared.refusesUnknownHosts },
        .optional("blocked") { $0.shared.blocked.map(Identifier.init) },
        .optional("appRoot") { $0.appRoot },
        .optional("httpsRedirect") { $0.server.httpsRedirect?.status },
        .optional("httpsURL") { server in server.server.httpsRedirect.map { server.shared.client.url(of: $0) } },
        .argument("clientScheme") { Identifier($0.shared.client.scheme) },
        .optional("redirectedBackend") { $0.redirectedBackend },
        .list("script") { server in
            server.server.policy.additions?.value.script.steps.map {
                ScriptStepContext(step: ScriptStep($0, server.shared.client))
            } ?? []
        },
        .list("locations", { $0.locations }, origin: { $0.block.location.origin }, making: LocationContext.init),
        .list("questions") { $0.questions },
        .list("mirrors") { $0.mirrors },
        .list("errorPages") { $0.errorPages },
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
    fileprivate init?(redirectingTo path: Expression) {
        self.init(parts: [.variable(.scheme), .literal("://"), .variable(.requestedHost)] + path.parts)
    }
}
