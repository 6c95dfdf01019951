import Incremental
import NginxSyntax
import Searching

/// Decides what must come of requests: the specification of what nginx does with a configuration.
///
/// It reads the model only and knows nothing of the text that is rendered from it, so that the two can be compared.
/// To make one costs nothing: a server is found by halving the list of them.
package struct Router: Sendable {
    /// In the order of their hosts.
    private let servers: [VirtualServer]
    private let blocked: BlockedRequests?
    private let forwarding: Forwarding?
    private let refusesUnknownHosts: Bool
    private let passthrough: TLSPassthrough?

    package init(_ configuration: Configuration) {
        servers = configuration.servers
        blocked = configuration.settings.blocked
        forwarding = configuration.settings.forwarding
        refusesUnknownHosts = configuration.settings.tls.refusesUnknownHosts
        passthrough = configuration.streams?.passthrough
        assert(zip(servers, servers.dropFirst()).allSatisfy { $0.host < $1.host }, "servers are out of order")
    }

    package func route(_ sent: Request) -> RoutingDecision {
        let request = forwarding?.seen(sent) ?? sent
        // Whether a connection by TLS is there at all is a matter of the host that its handshake named.
        if refusesUnknownHosts, sent.scheme == .https, self.server(named: sent.host)?.host ?? .any == .any {
            return RoutingDecision(outcome: .undecided)
        }
        if sent.scheme == .https, let passed = passed(sent.host) {
            let service = passed.target == nil ? nil : passed.service
            return RoutingDecision(host: passed.host, outcome: .passedThrough(service))
        }
        guard RequestMethod.isValid(request.method), let target = RequestTarget(request.target),
            let host = RequestHost(request.host)
        else { return RoutingDecision(outcome: .answered(.badRequest)) }
        guard let server = server(for: host) else { return RoutingDecision(outcome: .answered(.notFound)) }
        guard RequestMethod.isAllowed(request.method) else {
            return RoutingDecision(host: server.host, outcome: .answered(.methodNotAllowed))
        }
        let clients = server.policy.clients
        let isSecure = sent.scheme == .https
        if let refusal = clients?.refusal(of: request, isSecure: isSecure) {
            return RoutingDecision(host: server.host, outcome: refusal)
        }
        if blocked?.contain(request) ?? false { return RoutingDecision(host: server.host, outcome: .denied) }
        if let root = server.policy.appRoot, target.path == [UInt8(ascii: "/")] {
            let path = root.path.value(for: request, to: host, target)
            let url = "\(request.scheme.rawValue)://\(request.forwardedHost ?? request.host)\(path)"
            return RoutingDecision(host: server.host, outcome: .redirected(.found, to: url))
        }
        guard let script = server.policy.additions?.value.script else {
            return decision(of: request, to: host, target, by: server, isSecure: isSecure)
        }
        switch script.result(for: request, to: host, target, isOfServer: true) {
        case .passes, .searches, .stops:
            return decision(of: request, to: host, target, by: server, isSecure: isSecure)
        case .ends(let outcome): return RoutingDecision(host: server.host, outcome: outcome)
        // nginx sends no request without a path.
        case .passesAs(let path) where path.isEmpty:
            return RoutingDecision(host: server.host, outcome: .answered(.internalServerError))
        case .passesAs(let path):
            let changed = request.byPath(path, target)
            return decision(of: changed.request, to: host, changed.target, by: server, isSecure: isSecure)
        }
    }

    /// Decides what comes of a request by the locations of its server.
    ///
    /// - Parameter changes: How often a script may have another location looked for; nginx answers 500 to one more.
    private func decision(
        of request: Request,
        to host: RequestHost,
        _ target: RequestTarget,
        by server: VirtualServer,
        isSecure: Bool,
        changes: Int = 10
    ) -> RoutingDecision {
        let clients = server.policy.clients
        for location in server.locations {
            switch location.path.verdict(on: target.path) {
            case .differs: continue
            case .givenUp: return RoutingDecision(host: server.host, outcome: server.refusal(of: request, to: host))
            case .matches:
                let isRefused = clients?.certificates?.refusesOthers ?? false && !request.isAdmitted
                let isUnverified = isRefused && (isSecure || !location.isPlain)
                if let path = location.pathOfAnother(for: request, to: host, target, isUnverified: isUnverified) {
                    guard changes > 0 else {
                        return RoutingDecision(
                            host: server.host,
                            path: location.path,
                            outcome: .answered(.internalServerError)
                        )
                    }
                    let (request, target) = request.byPath(path, target)
                    return decision(
                        of: request,
                        to: host,
                        target,
                        by: server,
                        isSecure: isSecure,
                        changes: changes - 1
                    )
                }
                let outcome = location.outcome(of: request, to: host, target, isUnverified: isUnverified)
                return RoutingDecision(
                    host: server.host,
                    path: location.path,
                    asked: outcome.isProxied ? location.asked(about: request) : nil,
                    spoken: outcome.isProxied ? location.spoken : nil,
                    outcome: outcome,
                    errorPage: location.errorPage(of: outcome)
                )
            }
        }
        return RoutingDecision(host: server.host, outcome: .answered(.notFound))
    }

    /// Whether the connection of a handshake that names a host is passed on as it is.
    package func passesTLS(ofServerNamed name: String) -> Bool { passed(name) != nil }

    /// The host whose connections are passed on; `nil` where HTTPS gets those for a name.
    package func passedHost(ofServerNamed name: String) -> PassedHost? { passed(name) }

    /// The host whose connections are passed on, as a handshake names it.
    private func passed(_ host: String) -> PassedHost? {
        guard let passthrough, let server = server(named: host), server.policy.passesTLS else { return nil }
        return passthrough.passed(server.host)
    }

    /// The server for a host, as a request or a handshake names it.
    package func server(named host: String) -> VirtualServer? { RequestHost(host).flatMap(server(for:)) }

    private func server(for host: RequestHost) -> VirtualServer? {
        server(.init(name: host.text, kind: .name))
            ?? host.parent.flatMap { server(.init(name: $0, kind: .wildcard)) }
            ?? servers.first
    }

    private func server(_ key: HostPattern.SortKey) -> VirtualServer? {
        let index = servers.partitionPoint { $0.host.sortKey < key }
        return index < servers.count && servers[index].host.sortKey == key ? servers[index] : nil
    }
}

extension VirtualServer {
    /// What each location says to a request target, in the order in which the first that matches serves; `nil` for a
    /// target that nginx refuses.
    package func verdicts(on target: String) -> [(location: Location, verdict: PathMatch.Verdict)]? {
        guard let path = RequestTarget(target)?.path else { return nil }
        return self.locations.map { ($0, $0.path.verdict(on: path)) }
    }

    /// The location that serves a request target; `nil` where none does, or nginx cannot tell.
    package func location(for target: String) -> Location? {
        guard let path = RequestTarget(target)?.path else { return nil }
        let location = self.locations.first { $0.path.verdict(on: path) != .differs }
        return location.flatMap { $0.path.matches(path) ? $0 : nil }
    }

    /// The outcome of a request for which an expression takes too many steps.
    fileprivate func refusal(of request: Request, to host: RequestHost) -> RoutingDecision.Outcome {
        // A redirect that all locations have is the server's, which comes before any is looked for.
        guard request.scheme == .http, let redirect = httpsRedirect else { return .answered(.internalServerError) }
        return redirect.outcome(of: request, to: host)
    }
}

/// The rules of nginx for request methods, whatever is asked for.
enum RequestMethod {
    /// Whether nginx reads it as a method: upper-case letters, `_` and `-`.
    static func isValid(_ method: String) -> Bool {
        !method.isEmpty
            && method.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
                default: false
                }
            }
    }

    /// Whether nginx passes it on; it answers 405 to the others.
    static func isAllowed(_ method: String) -> Bool { method != "TRACE" && method != "CONNECT" }
}
