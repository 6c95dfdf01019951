import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The requests that ingress-nginx serves by other paths of a host than Postern does.
struct StructuralDifferences {
    private(set) var differences: [RouteDifference] = []
    private let table: RouteTable
    private let router: Router
    private(set) var servers: [HostPattern: OldServer] = [:]

    /// - Parameters:
    ///   - prefix: That of annotations, without the slash.
    ///   - isStrict: Whether ingress-nginx looks at the characters of Exact and Prefix paths.
    init(_ table: RouteTable, _ ingresses: [Ingress], prefix: String, isStrict: Bool) {
        self.table = table
        router = Router(table.configuration)
        let known = Dictionary(ingresses.compactMap { ingress in ingress.reference.map { ($0, ingress) } }) { one, _ in
            one
        }
        let texts = Self.texts(of: ingresses)
        var start = table.routes.startIndex
        while start < table.routes.endIndex {
            let rest = table.routes[start...]
            let host = rest[start].server.host
            let routes = rest.prefix { $0.server.host == host }
            start = routes.endIndex
            let written = routes.compactMap { route in
                route.location.origin.flatMap { known[$0] }.flatMap { WrittenRoute(route, of: $0) }
            }
            let server = OldServer(written, texts[host.text] ?? [], prefix: prefix)
            servers[host] = server
            differences += written.compactMap { difference(of: $0, in: server) }
            if isStrict { differences += written.compactMap(Self.refusal) }
        }
    }

    /// Why ingress-nginx serves a request by another path; `nil` where it does not.
    func reason(for request: Request) -> String? {
        guard let server = router.server(named: request.host), let old = servers[server.host] else { return nil }
        let path = String(request.target.prefix { $0 != "?" })
        // Other ways to write a path are the same to both.
        guard !path.contains("%"), path.allSatisfy(\.isASCII) else { return nil }
        let location = server.location(for: path)
        switch old.answer(to: path) {
        case .unknown: return nil
        case .slash: return old.serves(path) ? nil : Self.withoutSlash
        case .nobody: return location?.origin == nil ? nil : Self.stricter
        case .route(let other): return other.route.location.path == location?.path ? nil : Self.stricter
        }
    }

    /// The paths that Ingresses name, by host.
    private static func texts(of ingresses: [Ingress]) -> [String: Set<String>] {
        var texts: [String: Set<String>] = [:]
        for rule in ingresses.flatMap(\.rules) {
            let host = (rule.host ?? "").isEmpty ? "*" : (rule.host ?? "").lowercased()
            texts[host, default: []].formUnion((rule.paths ?? []).map { $0.path ?? "/" })
        }
        return texts
    }

    private static let refusedPath = "path-refused-there"

    /// A path for which ingress-nginx refuses the whole Ingress.
    private static func refusal(_ route: WrittenRoute) -> RouteDifference? {
        guard route.isExact || route.isPrefix, !route.text.allSatisfy(isTaken) else { return nil }
        return RouteDifference(
            code: refusedPath,
            route: route.route.name,
            ingress: route.route.location.origin,
            position: route.position,
            opinion: MigrationOpinion(
                verdict: .different,
                reason: "ingress-nginx 1.12 and later refuse the Ingress, unless 'strict-validate-path-type' is false: "
                    + "Exact and Prefix paths hold letters, digits and ./_- alone; Postern serves it"
            )
        )
    }

    private static func isTaken(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "./_-".contains(character))
    }

    /// The first difference of a route that a request shows.
    private func difference(of route: WrittenRoute, in server: OldServer) -> RouteDifference? {
        for path in server.suspects(of: route) {
            guard let witness = witness(path, route, server) else { continue }
            let isRegular = server.isRegular
            return RouteDifference(
                code: isRegular ? "path-stricter" : "path-without-slash",
                route: route.route.name,
                ingress: route.route.location.origin,
                position: route.position,
                opinion: MigrationOpinion(verdict: .different, reason: isRegular ? Self.stricter : Self.withoutSlash),
                witness: witness
            )
        }
        return nil
    }

    private static let stricter =
        "a rewrite or regular expression on the host makes ingress-nginx take every path of it for the beginning of an "
        + "expression that ignores case; Postern serves what the path's type says"
    private static let withoutSlash =
        "ingress-nginx sends requests without the slash at the end to the path with one; Postern answers them as the path's "
        + "type says"

    private func witness(_ path: String, _ route: WrittenRoute, _ server: OldServer) -> RouteDifference.Witness? {
        let target = Request.target(for: path.utf8)
        let location = route.route.server.location(for: target)
        let host = route.route.server.host.sample
        let scheme: Listener.Scheme = route.route.location.httpsRedirect == nil ? .http : .https
        let request = Request(scheme: scheme, host: host, target: target, isAdmitted: true)
        guard let new = table.text(of: router.route(request), to: request) else { return nil }
        let url = "\(scheme.rawValue)://\(host)\(target)"
        let old: String
        switch server.answer(to: path) {
        case .unknown: return nil
        case .slash:
            guard case .proxy = route.route.location.action else { return nil }
            old = "301 to \(url)/"
        case .nobody:
            guard location?.origin != nil else { return nil }
            old = "404"
        case .route(let other):
            guard other.route.location.path != location?.path else { return nil }
            old = destination(of: other)
        }
        guard old != new else { return nil }
        let option = scheme == .https ? "-ki" : "-i"
        return RouteDifference.Witness(
            command: "curl \(option) '\(url.replacing("'", with: "%27"))'",
            ingressNginx: old,
            postern: new
        )
    }

    private func destination(of route: WrittenRoute) -> String {
        switch route.route.location.action {
        case .proxy(let proxying): table.text(of: proxying.backends.primary, for: nil)
        case .redirect, .fixedRedirect: "a redirect"
        case .status(let status): "\(status)"
        case .script: "what its snippet answers"
        case .stubStatus: "nginx's counters"
        }
    }
}
