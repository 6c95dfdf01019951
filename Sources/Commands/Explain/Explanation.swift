import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// What becomes of a request, step by step.
struct Explanation {
    /// One thing that has a part in it, and where it is said.
    struct Step: Encodable {
        var name: String
        var text: String
        var ingress: String?
        var place: String?
    }

    var request: String
    var steps: [Step] = []
    /// What the client gets, or who answers.
    var answer: String
    /// The same for a client that the route's guards let pass, where that differs.
    var answerOnceAdmitted: String?
    var findings: [Diagnostic] = []

    init(_ request: Request, in table: RouteTable, of result: Pipeline.Result) {
        self.request = "\(request.method) \(request.scheme.rawValue)://\(request.host)\(request.target)"
        let router = Router(table.configuration)
        let decision = router.route(request)
        answer = table.text(of: decision, to: request) ?? "it depends on more than the request"
        var admitted = request
        admitted.isAdmitted = true
        let other = table.text(of: router.route(admitted), to: request)
        answerOnceAdmitted = other == answer ? nil : other
        guard let server = router.server(named: request.host) else { return }
        steps.append(Self.step(for: server))
        guard let verdicts = server.verdicts(on: request.target) else { return }
        let winner = verdicts.first { $0.verdict != .differs }?.location
        if let winner {
            let route = Route(server: server, location: winner)
            steps.append(Self.step("location", "\(winner.path.type) \(winner.path.text)", route, table))
            steps += Self.losers(verdicts.map { ($0.location, $0.verdict) }, to: winner, of: server, table)
            let traits = table.traits(of: route).filter { $0.kind != .pathType }
            steps += traits.map { Step(name: $0.kind.name, text: $0.text) }
            steps += table.endpoints(of: winner)
        }
        let origins = Set([winner?.origin, server.origin].compactMap(\.self))
        findings = result.diagnostics.filter { finding in
            finding.severity != .note && finding.object.map(origins.contains) ?? false
        }
    }

    private static func step(for server: VirtualServer) -> Step {
        let why =
            switch server.host {
            case .name(let name): "\(name) is the request's host"
            case .wildcard: "\(server.host.text) has the request's host, which no Ingress names"
            case .any: "no Ingress names the request's host"
            }
        return Step(name: "server", text: why)
    }

    private static func step(_ name: String, _ text: String, _ route: Route, _ table: RouteTable) -> Step {
        let place = table.position(of: route).map { "\($0.file):\($0.line)" }
        return Step(name: name, text: text, ingress: route.location.origin?.description, place: place)
    }

    /// The other locations, each with why it does not serve the request.
    private static func losers(
        _ verdicts: [(location: Location, verdict: PathMatch.Verdict)],
        to winner: Location,
        of server: VirtualServer,
        _ table: RouteTable
    ) -> [Step] {
        let others = verdicts.filter { $0.location.path != winner.path && $0.location.origin != nil }
        return others.prefix(mostLosers).map { location, verdict in
            let why = verdict == .differs ? "does not match" : winner.path.reason(before: location.path)
            let route = Route(server: server, location: location)
            return step("not", "\(location.path.type) \(location.path.text): \(why)", route, table)
        }
    }

    private static let mostLosers = 20
}

extension PathMatch {
    /// Why it comes before another path that matches as well.
    fileprivate func reason(before other: PathMatch) -> String {
        switch (self, other) {
        case (.exact, _): "it matches, but an Exact path comes first"
        case (.prefix, .prefix): "it matches, but a longer prefix comes first"
        case (.expression, .expression): "it matches, but a longer regular expression comes first"
        case (_, .expression), (_, .exact): "it matches, but comes later"
        case (.expression, .prefix): "it matches, but a regular expression comes first"
        }
    }
}

extension RouteTable {
    /// The addresses that get the requests of a location.
    fileprivate func endpoints(of location: Location) -> [Explanation.Step] {
        location.backends.compactMap { backend in
            guard case .upstream(let name) = backend, let upstream = upstreams[name] else { return nil }
            let shown = upstream.servers.prefix(5).map(\.description).joined(separator: ", ")
            let rest = upstream.servers.count > 5 ? ", and \(upstream.servers.count - 5) more" : ""
            let service = text(of: backend, for: location.origin)
            return Explanation.Step(name: "endpoints", text: "\(service) at \(shown)\(rest)")
        }
    }
}
