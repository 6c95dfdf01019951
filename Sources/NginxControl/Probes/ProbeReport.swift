import Curl
import Diagnostics
import ProxyConfiguration

/// How what came of probes compares with what the model says.
struct ProbeReport: Sendable {
    var findings: [Diagnostic] = []
    /// Whose requests went elsewhere; `nil` stands for what no object brings in.
    var misrouted: [ObjectReference?] = []
    var requestCount = 0

    init() {}

    /// Compares what was sent; `total` is how many probes the configuration has.
    init(
        _ outcomes: [(Probe, Result<ProbeOutcome, CurlError>)],
        of total: Int,
        _ configuration: Configuration
    ) {
        requestCount = outcomes.count
        var differences: [ObjectReference?: [String]] = [:]
        var order: [ObjectReference?] = []
        let router = Router(configuration)
        for (probe, outcome) in outcomes {
            let decision = router.route(probe.request)
            let expected = ProbeOutcome(decision)
            guard outcome != .success(expected) else { continue }
            let origin = configuration.origin(of: decision)
            if differences[origin] == nil { order.append(origin) }
            let actual =
                switch outcome {
                case .success(let actual): "nginx has it \(actual)"
                case .failure(let error): "nginx does not answer: \(error)"
                }
            differences[origin, default: []].append("\(probe.line) must be \(expected), but \(actual)")
        }
        misrouted = order
        findings = order.map { .proofFailed(differences[$0] ?? [], of: $0) }
        if outcomes.count < total { findings.append(.proofBounded(outcomes.count, of: total)) }
    }
}

extension Configuration {
    /// Whose location, or whose server, decided.
    fileprivate func origin(of decision: RoutingDecision) -> ObjectReference? {
        guard let server = servers.first(where: { $0.host == decision.host }) else { return nil }
        let location = decision.path.flatMap { path in server.locations.first { $0.path == path } }
        return location?.origin ?? server.origin
    }
}

extension Diagnostic {
    fileprivate static func proofFailed(_ differences: [String], of origin: ObjectReference?) -> Diagnostic {
        let more = differences.count > 1 ? " (and \(differences.count - 1) more)" : ""
        return Diagnostic(
            .error,
            code: "proof-failed",
            (differences.first ?? "") + more,
            object: origin
        )
    }

    fileprivate static func proofBounded(_ sent: Int, of total: Int) -> Diagnostic {
        Diagnostic(.note, code: "proof-bounded", "\(sent) of \(total) requests were sent to prove the configuration")
    }
}
