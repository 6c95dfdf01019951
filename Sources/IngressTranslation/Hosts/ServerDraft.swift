import Diagnostics
import Incremental
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A server while Ingresses add to it, oldest first.
struct ServerDraft {
    let host: HostPattern
    /// The oldest Ingress of the host; its annotations hold for requests that match no path.
    ///
    /// For hosts that nobody names they do where those have TLS.
    let first: AdmittedIngress?
    private(set) var locations: [PathMatch: LocationDraft] = [:]
    /// Serves what matches no path; `nil` leaves it to the controller's default backend.
    private(set) var fallback: LocationDraft?
    /// The settings that the Ingresses of the host share.
    private(set) var settings: ServerSettings
    /// How many of the locations are expressions.
    private var expressionCount = 0
    /// The Ingresses of the host, the oldest first.
    private(set) var owners: [AdmittedIngress] = []
    /// The certificates that clients have to show; `nil` for none.
    private var clients: ClientVerification?
    /// The Ingresses that are not served on the host, each with the guard of another for which they are not.
    private var closed: [NamespacedName: String] = [:]
    /// What snippets ask for beside; `nil` for nothing.
    private var snippet: HostSnippet?
    /// Whether ingress-nginx would make all paths of the host regular expressions.
    private(set) var hasRegularPaths = false

    init(host: HostPattern, first: AdmittedIngress?) {
        self.host = host
        self.first = first
        settings = ServerSettings(first?.settings.global.value ?? .builtIn)
    }

    private mutating func add(_ location: LocationDraft, _ diagnostics: inout [Diagnostic]) {
        if let path = reservedPath(of: location) {
            diagnostics.append(.pathReserved(path, for: location))
            if location.path == .exact(path) { return }
        }
        if let winner = locations[location.path] {
            diagnostics.append(.pathTaken(location, by: winner, on: host))
            return
        }
        if case .expression = location.path {
            guard expressionCount < ExpressionBudget.most else {
                diagnostics.append(.tooManyExpressions(location, on: host))
                return
            }
            expressionCount += 1
        }
        if location.makesHostRegular { hasRegularPaths = true }
        locations[location.path] = location.closedWhereUnasked(on: host, &diagnostics)
    }

    private mutating func add(fallback location: LocationDraft, _ diagnostics: inout [Diagnostic]) {
        if let winner = fallback {
            diagnostics.append(.defaultBackendTaken(location, by: winner, on: host))
            return
        }
        fallback = location.closedWhereUnasked(on: host, &diagnostics)
    }

    /// Adds what an Ingress asks for on this host; older Ingresses come first.
    mutating func add(_ routes: IngressRoutes, _ diagnostics: inout [Diagnostic]) {
        guard let owner = routes.owner else { return }
        owners.append(owner)
        let rules = routes.rules(for: host)
        settings.add(owner, hasRules: !rules.isEmpty, on: host, &diagnostics)
        for rule in rules {
            for location in rule.locations { add(location, &diagnostics) }
        }
        if let fallback = routes.fallback { add(fallback: fallback, &diagnostics) }
    }

    /// Closes what a guard of the whole host is set for that Postern does not read.
    ///
    /// It holds for all Ingresses of its namespace, and for those of others that came after it: nobody can close a host
    /// that others had before.
    mutating func applyGuards(_ diagnostics: inout [Diagnostic]) {
        (clients, closed) = Self.clients(of: owners, on: host, &diagnostics)
        applyHostGuards(&diagnostics)
        let (snippet, refused) = hostSnippet(&diagnostics)
        self.snippet = snippet
        for ingress in refused { closed[ingress] = "server-snippet" }
        guard !closed.isEmpty else { return }
        for (path, location) in locations { locations[path] = closedIfGuarded(location) }
        fallback = fallback.map(closedIfGuarded)
    }

    private mutating func applyHostGuards(_ diagnostics: inout [Diagnostic]) {
        let guarding = owners.enumerated().filter { $0.element.values.hostGuard != nil }
        guard let oldest = guarding.first else { return }
        let ofNamespace = Dictionary(guarding.map { ($0.element.ingress.metadata.namespace, $0.element) }) { first, _ in
            first
        }
        for (age, other) in owners.enumerated() where !other.values.isDenied {
            let closer = age > oldest.offset ? oldest.element : ofNamespace[other.ingress.metadata.namespace]
            if let closer, let name = closer.values.hostGuard {
                closed[other.ingress.namespacedName] = name
                diagnostics.append(.hostClosed(for: other.ingress, by: closer.ingress, name, on: host))
            } else if let name = oldest.element.values.hostGuard {
                diagnostics.append(.hostNotClosed(for: other.ingress, by: oldest.element, name, on: host))
            }
        }
    }

    private func closedIfGuarded(_ location: LocationDraft) -> LocationDraft {
        guard closed[location.owner.ingress.namespacedName] != nil else { return location }
        var location = location
        location.action = .status(.serviceUnavailable)
        location.upstream = nil
        return location
    }

    /// Puts a location in place of the one with its path, or the default backend in place of the one that is there.
    mutating func replace(_ location: LocationDraft) {
        if location.place == .defaultBackend { fallback = location } else { locations[location.path] = location }
    }

    /// The upstreams that the server needs, some of them more than once.
    func upstreams(unmatched: ResolvedBackend) -> [UpstreamKey] {
        locations.values.flatMap(\.upstreams) + upstreamsOfRest(unmatched: unmatched)
    }

    /// Those of requests that match no path.
    func upstreamsOfRest(unmatched: ResolvedBackend) -> [UpstreamKey] {
        let isComplete = locations[.prefix(.root)] != nil
        let unmatched =
            first?.redirectOfUnmatched == nil
            ? first?.upstreams(unmatched, on: host) ?? [unmatched.upstream] : []
        return isComplete ? [] : fallback.map(\.upstreams) ?? unmatched.compactMap(\.self)
    }

    /// Whether each path is served as if there were no other one.
    var isOfIndependentPaths: Bool {
        expressionCount == 0 && closed.isEmpty && snippet == nil && !hasRegularPaths
    }

    /// The server, its locations in order of precedence.
    func server(_ tls: HostTLS?, unmatched: Location.Action) -> VirtualServer {
        let isSecure = tls != nil
        let matchLimit = matchLimit
        var locations = locations.values.map { $0.location(onSecureHost: isSecure, matchLimit: matchLimit) }
        let root = PathMatch.prefix(.root)
        if self.locations[root] == nil, !(snippet?.servesRoot ?? false) {
            locations.append(fallbackLocation(root, isSecure: isSecure, unmatched))
        }
        var policy = ServerPolicy(
            strictTransportSecurity: isSecure ? settings.values.transportSecurity.policy : nil,
            appRoot: appRoot
        )
        policy.clients = clients
        // A host without TLS answers HTTPS all the same, by the default certificate.
        policy.ciphers = settings.values.tls.hostCiphers
        policy.prefersOwnCiphers = settings.values.tls.prefersOwnCiphers
        var server = VirtualServer(
            host: host,
            origin: origin,
            certificate: tls?.certificate?.file,
            policy: policy,
            locations: builtInLocations + locations.inOrderOfPrecedence
        )
        if let snippet { server.take(snippet, matchLimit: matchLimit) }
        if let certificate = tls?.certificate, certificate.namesResponder { server.namesResponder = true }
        return server
    }

    /// How many steps an expression of the host may take.
    private var matchLimit: Int {
        ExpressionBudget.limit(of: expressionCount + (snippet?.snippet.locations.count ?? 0))
    }

    private var appRoot: AppRoot? {
        settings.values.rewriting.appRoot.map {
            AppRoot(path: $0, origin: settings.winner(of: "app-root")?.reference)
        }
    }

    /// The server of hosts that nobody names is nobody's own.
    private var origin: ObjectReference? { host == .any ? nil : first?.reference }

    private func fallbackLocation(_ path: PathMatch, isSecure: Bool, _ unmatched: Location.Action) -> Location {
        let matchLimit = matchLimit
        if let fallback { return fallback.location(onSecureHost: isSecure, matchLimit: matchLimit) }
        if let redirect = first?.redirectOfUnmatched {
            return Location(path: path, origin: first?.reference, action: redirect)
        }
        let unmatched = first?.guarding(unmatched, on: host) ?? unmatched
        return Location(
            path: path,
            origin: origin,
            httpsRedirect: isSecure || host != .any ? first?.httpsRedirect(onSecureHost: isSecure) : nil,
            action: unmatched,
            backendName: unmatched == .status(.notFound) ? nil : Self.defaultBackendName,
            // As with ingress-nginx, strangers who scan addresses do not fill the log.
            isUnmatched: host == .any,
            policy: first?.policy(of: unmatched) ?? LocationPolicy.plain
        )
    }

    /// The name of the default backend in the access log of ingress-nginx; the log's own map finds it for a plain 404.
    private static let defaultBackendName = BackendName(Identifier(known: "upstream-default-backend"))
}

extension AdmittedIngress {
    /// Where its hosts send requests that match no path: where all others are sent, as in ingress-nginx.
    fileprivate var redirectOfUnmatched: Location.Action? {
        guard !values.isDenied else { return nil }
        if let redirect = values.fixedRedirect, !ingress.rules.isEmpty { return .fixedRedirect(redirect) }
        guard let target = values.rewriting.target, target.isURL else { return nil }
        return .redirect(Rewrite(pattern: nil, target: target.expression))
    }
}

extension Diagnostic {
    /// That of findings about paths that several Ingresses want.
    static let pathTakenCode = "path-taken"

    fileprivate static func pathTaken(
        _ loser: LocationDraft,
        by winner: LocationDraft,
        on host: HostPattern
    ) -> Diagnostic {
        loser.owner.ingress.finding(
            .warning,
            pathTakenCode,
            "\(winner.owner.ingress.name(besides: loser.owner.ingress)) already serves this path of host '\(host.text)'; "
                + "this one gets no traffic",
            at: loser.place.pathField
        )
    }

    fileprivate static func defaultBackendTaken(
        _ loser: LocationDraft,
        by winner: LocationDraft,
        on host: HostPattern
    ) -> Diagnostic {
        loser.owner.ingress.finding(
            .warning,
            "default-backend-taken",
            "\(winner.owner.ingress.name(besides: loser.owner.ingress)) already has a default backend for host '\(host.text)'; "
                + "this one gets no traffic",
            at: loser.place.field
        )
    }
}

extension Ingress {
    fileprivate func name(besides other: Ingress) -> String {
        namespacedName == other.namespacedName ? "an earlier rule" : "Ingress \(namespacedName)"
    }
}
