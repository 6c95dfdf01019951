import Incremental
import NginxSyntax
import ProxyConfiguration

/// Finds the requests of log lines in a configuration, as far as the lines tell them.
struct LogReader {
    private let router: Router
    private let formats: [LogLineFormat]
    /// The hosts with a location for a backend, by its name in the log.
    private let hosts: [String: [String]]
    /// The names in the log of the backends of each location: of a large log each line is asked about.
    private let names: [Route.Key: Set<String>]

    init(_ table: RouteTable) {
        router = Router(table.configuration)
        let own = LogLineFormat(of: table.configuration.settings.log)
        formats = own == .usual ? [own] : [own, .usual]
        var hosts: [String: [String]] = [:]
        var names: [Route.Key: Set<String>] = [:]
        for server in table.configuration.servers {
            var all: Set<String> = []
            for location in server.locations {
                let own = Set(location.loggedNames)
                all.formUnion(own)
                names[Route.Key(host: server.host, path: location.path)] = own
            }
            for name in all { hosts[name, default: []].append(server.host.sample) }
        }
        (self.hosts, self.names) = (hosts, names)
    }

    /// `nil` for a line that is in neither of the formats, or tells no request.
    func read(_ line: [UInt8]) -> LoggedRequest? {
        formats.lazy.compactMap { LoggedRequest(line, $0) }.first
    }

    /// A request that the line may stand for, with what comes of it.
    struct Candidate {
        var request: Request
        var decision: RoutingDecision
        /// Whether that is what the line has; `nil` where nobody can say.
        var agrees: Bool?
    }

    /// The request by each host that it may have been for: of all that fit where the log names none.
    ///
    /// A scheme that is not logged is the one by which what comes of the request is what the log has.
    func candidates(for logged: LoggedRequest) -> [Candidate] {
        if let host = logged.host { return [candidate(for: logged, host)] }
        let hosts = logged.upstream.flatMap { self.hosts[$0] } ?? []
        return hosts.map { candidate(for: logged, $0) }.filter { $0.agrees != false }
    }

    private func candidate(for logged: LoggedRequest, _ host: String) -> Candidate {
        let schemes = logged.scheme.map { [$0] } ?? [.http, .https]
        let all = schemes.map { scheme in
            let request = logged.request(scheme, for: host)
            let decision = router.route(request)
            return Candidate(request: request, decision: decision, agrees: agrees(decision, with: logged))
        }
        return all.first { $0.agrees == true } ?? all.first { $0.agrees == nil } ?? all[0]
    }

    /// Whether a decision is what the log has of a request; `nil` where it depends on more than that.
    private func agrees(_ decision: RoutingDecision, with logged: LoggedRequest) -> Bool? {
        switch decision.outcome {
        case .proxied:
            guard logged.namesUpstream else { return nil }
            let names = self.names(of: decision)
            // A request that no backend has got is refused by what no model knows: its size, or who has gone away.
            guard let upstream = logged.upstream else { return logged.status.map { $0 < 400 } == true ? false : nil }
            return names.contains(upstream) || logged.canary.map(names.contains) ?? false
        case .undecided, .stubStatus, .passedThrough: return nil
        case .denied: return logged.status.map { $0 == 403 }
        case .preflight: return logged.status.map { $0 == 204 }
        case .redirected(let status, _), .answered(let status): return logged.status.map { $0 == status.value }
        }
    }

    private func names(of decision: RoutingDecision) -> Set<String> {
        guard let host = decision.host, let path = decision.path else { return [] }
        return names[Route.Key(host: host, path: path)] ?? []
    }
}

extension RouteTable {
    /// The location that a decision names.
    func location(of decision: RoutingDecision) -> Location? {
        guard let server = configuration.servers.first(where: { $0.host == decision.host }) else { return nil }
        return decision.path.flatMap { path in server.locations.first { $0.path == path } }
    }
}

extension Location {
    /// The names that a log has for its backends.
    fileprivate var loggedNames: [String] {
        let own = backendName.map(\.text)
        let names = backends.compactMap { backend -> String? in
            guard case .upstream(let name) = backend else { return nil }
            return BackendName(ofUpstream: name)?.text
        }
        return names + [own].compactMap(\.self)
    }
}
