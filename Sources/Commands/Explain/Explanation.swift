import Diagnostics
import Incremental
import NginxSyntax
import ProxyConfiguration

/// What becomes of a request, step by step.
struct Explanation {
    var request: String
    var steps: [Step] = []
    /// What the client gets, or who answers.
    var answer: String
    /// The same for a client that the route's guards let pass, where that differs.
    var answerOnceAdmitted: String?
    /// What must come of the request.
    let given: RoutingDecision
    /// The same for a client that the guards let pass.
    let decision: RoutingDecision
    /// The location that serves it; `nil` where its server answers before one is looked for, or there is none.
    private(set) var route: Route?
    /// The host whose connections are passed on as they are, where the request would come by one of these.
    private(set) var passed: PassedHost?
    var findings: [Diagnostic] = []
    /// What a real nginx does with the request, where it was asked.
    var proof: RequestProof?
    /// What a log has of the request, where it is one of a log.
    var logged: LoggedAnswer?
    /// Whether that is what serves, where it is known what does.
    var served: ServedAnswer?

    /// Whether nginx, a log, or what serves has something else.
    var isContradicted: Bool { proof?.agrees == false || logged?.agrees == false || served?.agrees == false }

    /// - Parameters:
    ///   - shown: What its server makes of the certificate that the client shows; `nil` for none.
    ///   - sources: Looks up where things stand; without one they stand nowhere.
    init(
        _ request: Request,
        in table: RouteTable,
        of result: Pipeline.Result,
        showing shown: ShownCertificate? = nil,
        with sources: ExplanationSources? = nil
    ) {
        self.request = "\(request.method) \(request.scheme.rawValue)://\(request.host)\(request.target)"
        let router = Router(table.configuration)
        given = shown.map { Router($0.met(table.configuration)).route(request) } ?? router.route(request)
        answer = table.text(of: given, to: request) ?? Self.undecided
        var admitted = request
        (admitted.isAdmitted, admitted.client) = (true, nil)
        decision = router.route(admitted)
        let other = table.text(of: decision, to: request) ?? Self.undecided
        answerOnceAdmitted = other == answer ? nil : other
        guard let server = table.configuration.servers.first(where: { $0.host == decision.host }) else {
            if decision.host == nil { steps.append(Step(name: "server", text: Self.reasonWithoutServer(decision))) }
            return
        }
        steps.append(Self.step(for: server))
        if case .passedThrough = decision.outcome, let passed = table.passed[server.host] {
            explain(passed)
        } else {
            if let shown { steps.append(Step(name: "certificate of the client", text: shown.text)) }
            explain(server, request, in: table, of: result)
        }
        if let sources { place(request, server, in: table, sources) }
        findings = findings(in: result, server, table)
    }

    private mutating func explain(_ passed: PassedHost) {
        self.passed = passed
        let consequence =
            passed.target == nil
            ? "" : " as it is, whatever the path, and past all that else is set for the host"
        steps.append(
            Step(
                name: RouteTrait.Kind.passthrough.name,
                text: passed.text + consequence,
                ingress: passed.origin?.description,
                part: .passthrough
            )
        )
        guard let target = passed.target else { return }
        steps.append(Step(name: "endpoints", text: target.text, part: .streamUpstream(passed.service)))
    }

    private mutating func explain(
        _ server: VirtualServer,
        _ request: Request,
        in table: RouteTable,
        of result: Pipeline.Result
    ) {
        guard let verdicts = server.verdicts(on: request.target) else { return }
        let matching = verdicts.first { $0.verdict != .differs }?.location
        guard let serving = decision.path.flatMap({ path in server.locations.first { $0.path == path } }) else {
            steps.append(Step(name: "by itself", text: Self.reasonWithoutLocation(decision, matching)))
            steps += table.guards(of: server)
            return
        }
        let route = Route(server: server, location: serving)
        self.route = route
        if let matching, matching.path != serving.path {
            let first = Route(server: server, location: matching)
            steps.append(table.step("first", "\(first.kindAndPath): its snippet sends the request on", first))
        }
        if serving.origin == nil || serving.standsForNone {
            steps.append(Step(name: "location", text: route.ownText, part: .location(serving.path)))
        } else {
            steps.append(table.step("location", route.kindAndPath, route))
        }
        steps += UnservedPaths(request, by: server, of: result).steps
        steps += Self.losers(verdicts.map { ($0.location, $0.verdict) }, to: route, table)
        if let needed = Self.needed(by: request, server, serving) { steps.append(Step(name: "needed", text: needed)) }
        guard serving.origin != nil, !serving.standsForNone else { return }
        let traits = table.traits(of: route).filter { $0.kind != .pathType }
        steps += traits.map { Step(name: $0.kind.name, text: $0.text, part: .trait($0.kind)) }
        steps += table.endpoints(of: serving)
    }

    private static let undecided = "it depends on more than the request"

    private static func step(for server: VirtualServer) -> Step {
        let why =
            switch server.host {
            case .name(let name): "\(name) is the request's host"
            case .wildcard: "\(server.host.text) has the request's host, which no Ingress names"
            case .any: "no Ingress names the request's host"
            }
        return Step(name: "server", text: why, part: .server)
    }

    private static func reasonWithoutServer(_ decision: RoutingDecision) -> String {
        if case .answered(.badRequest) = decision.outcome {
            return "none: nginx reads no request of this method, host and path"
        }
        return "whether there is one depends on the host of the TLS handshake"
    }

    private static func reasonWithoutLocation(_ decision: RoutingDecision, _ matching: Location?) -> String {
        switch decision.outcome {
        case .denied: "the server refuses the request before a location is looked for"
        case .answered(.methodNotAllowed): "nginx passes on no request of this method"
        case .answered(.internalServerError) where matching != nil:
            "a regular expression takes too many steps, and nginx gives up"
        case .answered(.notFound) where matching == nil: "no location matches"
        default: "the server answers before a location is looked for"
        }
    }

    /// What would have to be there in place of an answer of 404.
    private static func needed(by request: Request, _ server: VirtualServer, _ location: Location) -> String? {
        guard location.action == .status(.notFound) else { return nil }
        let path = request.target.prefix { $0 != "?" }
        guard server.host != .any else {
            return "an Ingress of our class with a rule for this host, or a default backend"
        }
        return "a path of an Ingress for host \(server.host.text) that matches \(path), such as Prefix /"
    }
}

extension Route {
    /// `Prefix /cart`.
    var kindAndPath: String { "\(location.path.type) \(location.path.text)" }

    /// What a location is for that no Ingress has.
    fileprivate var ownText: String {
        let nothing = "no path of an Ingress on this host matches"
        switch location.action {
        case .status(.notFound): return nothing
        case .proxy: return "\(nothing); the default backend serves"
        default: return "\(kindAndPath), which Postern has itself"
        }
    }
}
