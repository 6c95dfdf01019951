import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A host and a path of an Ingress, with all that decides what becomes of their requests.
struct Route {
    var server: VirtualServer
    var location: Location

    struct Key: Hashable {
        var host: HostPattern
        var path: PathMatch
    }

    var key: Key { Key(host: server.host, path: location.path) }

    /// The host and the path, as an Ingress writes them: `shop.example/cart`.
    var name: String { server.host.text + location.path.text }
}

/// The routes of a configuration, and what their parts stand for.
struct RouteTable {
    let configuration: Configuration
    /// In the order of their hosts, then in nginx's order.
    let routes: [Route]
    let upstreams: [Identifier: Upstream]
    /// Those that upstreams only name.
    private let endpoints: EndpointTable
    let files: [PrivateFile.Name: PrivateFile]
    /// The hosts whose TLS is passed on.
    let passed: [HostPattern: PassedHost]
    private let ingresses: [ObjectReference: Ingress]

    init(_ result: Pipeline.Result) { self.init(result.translation, result.snapshot) }

    init(_ translation: Translation, _ snapshot: ClusterSnapshot) {
        let configuration = translation.configuration
        self.configuration = configuration
        endpoints = translation.endpoints
        routes = configuration.servers.flatMap { server in
            server.locations.filter { $0.origin != nil && !$0.standsForNone }
                .map { Route(server: server, location: $0) }
        }
        upstreams = Dictionary(configuration.upstreams.map { ($0.name, $0) }) { first, _ in first }
        files = Dictionary(configuration.privateFiles.map { ($0.file, $0) }) { first, _ in first }
        let hosts = configuration.streams?.passthrough?.hosts ?? []
        passed = Dictionary(hosts.map { ($0.host, $0) }) { first, _ in first }
        ingresses = Dictionary(
            snapshot.ingresses.compactMap { ingress in ingress.reference.map { ($0, ingress) } }
        ) { first, _ in first }
    }

    /// The place in its manifest that says where the requests of a route go; `nil` where it comes from no file.
    func position(of route: Route) -> SourcePosition? {
        guard let ingress = route.location.origin.flatMap({ ingresses[$0] }), let source = ingress.metadata.source
        else { return nil }
        if let field = field(of: route) { return source.position(of: "\(field).path") }
        return ingress.defaultBackend == nil ? source.position : source.position(of: "spec.defaultBackend")
    }

    /// The place of an Ingress; `nil` where it comes from no file, or there is none.
    func position(of ingress: ObjectReference?) -> SourcePosition? {
        ingress.flatMap { ingresses[$0]?.metadata.source?.position }
    }

    /// The path of its Ingress that a route stands for, `spec.rules[0].http.paths[1]`; `nil` for a default backend.
    func field(of route: Route) -> Substring? {
        guard let ingress = route.location.origin.flatMap({ ingresses[$0] }) else { return nil }
        for (number, rule) in ingress.rules.enumerated() where rule.serves(route.server.host) {
            let paths = rule.paths ?? []
            guard let index = paths.firstIndex(where: { $0.isWritten(as: route.location.path) }) else { continue }
            return "spec.rules[\(number)].http.paths[\(index)]"
        }
        return nil
    }

    /// The addresses that serve an upstream.
    func servers(of upstream: Upstream) -> [SocketAddress] { upstream.servers + endpoints[upstream.names] }

    /// `cart:80`, with its namespace where it is another than that of the Ingress.
    func text(of backend: Backend, for ingress: ObjectReference?) -> String {
        switch backend {
        case .name(let host, let port): return "\(host):\(port)"
        case .upstream(let name):
            let service = upstreams[name]?.origin
            let port = BackendName(ofUpstream: name)?.service.map { ":\($0.port)" } ?? ""
            guard let service else { return BackendName(ofUpstream: name)?.text ?? "\(name)" }
            let isNear = service.namespace == ingress?.namespace
            return (isNear ? service.name : "\(service.namespace)/\(service.name)") + port
        }
    }
}

extension Location {
    /// Whether it answers what no path of the host is for.
    var standsForNone: Bool { isUnmatched || path.text == "/" && action == .status(.notFound) }
}

extension Ingress.Rule {
    /// Whether requests to a host are served by the rule.
    func serves(_ pattern: HostPattern) -> Bool {
        let host = self.host ?? ""
        return host.isEmpty ? pattern == .any : host.lowercased() == pattern.text
    }
}

extension Ingress.Path {
    /// Whether a location is the one of the path.
    func isWritten(as match: PathMatch) -> Bool {
        let path = (path ?? "").isEmpty ? "/" : path ?? "/"
        switch match {
        case .exact(let exact): return path == exact.value && pathType != .prefix
        case .prefix(let prefix):
            let isSame = path == prefix.value || path.hasSuffix("/") && path.dropLast() == prefix.value
            return isSame && pathType != .exact
        case .expression(let expression): return path == expression.pattern
        }
    }
}

extension PathMatch {
    /// The path without what kind of match it is for.
    var text: String {
        switch self {
        case .exact(let path), .prefix(let path): path.value
        case .expression(let expression): expression.pattern
        }
    }

    /// The kind of match, in the words of the Ingress specification where it has them.
    var type: String {
        switch self {
        case .exact: "Exact"
        case .prefix: "Prefix"
        case .expression: "regular expression"
        }
    }
}
