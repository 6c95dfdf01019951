import Curl
import Diagnostics
import ProxyConfiguration

/// How what came of probes compares with what the model says.
struct ProbeReport: Sendable {
    /// The requests that went elsewhere, by whose they are.
    private(set) var misroutings: [Misrouting] = []
    private(set) var requestCount = 0
    /// How many probes the configuration has, of which a bound may have left some out.
    private let total: Int

    /// Nothing was probed.
    init() {
        total = 0
    }

    /// Compares what was sent; `total` is how many probes the configuration has.
    init(
        _ outcomes: [(Probe, Result<ProbeOutcome, CurlError>)],
        of total: Int,
        _ configuration: Configuration
    ) {
        self.total = total
        requestCount = outcomes.count
        let router = Router(configuration)
        let choice = CertificateChoice(configuration, router)
        for (probe, var outcome) in outcomes {
            if case .success(var answer) = outcome, let presented = answer.certificate {
                compare(presented, with: choice.certificate(for: probe.serverName), for: probe)
                answer.certificate = nil
                outcome = .success(answer)
            }
            let decision = router.route(probe.request)
            let expected = ProbeOutcome(decision)
            guard outcome != .success(expected) else { continue }
            let actual =
                switch outcome {
                case .success(let actual): "nginx has it \(actual)"
                case .failure(let error): "nginx does not answer: \(error)"
                }
            let difference = "\(probe.line) must be \(expected), but \(actual)"
            add(Misrouting(origin: configuration.origin(of: decision), host: decision.host, difference: difference))
        }
    }

    private mutating func compare(_ presented: CertificateBody, with expected: TLSCertificate?, for probe: Probe) {
        guard let expected, CertificateBody(pem: expected.content.bytes) != presented else { return }
        let difference =
            "https://\(probe.serverName) must present the certificate \(expected.file), but nginx presents another"
        add(Misrouting(origin: expected.origin, difference: difference))
    }

    private mutating func add(_ misrouting: Misrouting) {
        if let index = misroutings.firstIndex(where: { $0.origin == misrouting.origin && $0.host == misrouting.host }) {
            misroutings[index].others += 1
        } else {
            misroutings.append(misrouting)
        }
    }

    var findings: [Diagnostic] {
        let bounded: [Diagnostic] = requestCount < total ? [.proofBounded(requestCount, of: total)] : []
        return misroutings.map { $0.finding() } + bounded
    }
}

/// Requests that nginx sends elsewhere than the model says, or serves with another certificate.
struct Misrouting: Sendable, Hashable {
    /// Whose location, server or certificate must take them; `nil` for what no object brings in.
    var origin: ObjectReference?
    /// The host whose routes they are; `nil` where it is no matter of routes.
    var host: HostPattern?
    /// What must come of the first of them, and what does.
    var difference: String
    var others = 0

    /// - Parameters:
    ///   - culprit: Whose fault it is, where that is not whose requests they are.
    ///   - consequence: What happens to the culprit.
    func finding(of culprit: ObjectReference? = nil, consequence: String? = nil) -> Diagnostic {
        let more = others > 0 ? " (and \(others) more)" : ""
        return Diagnostic(
            .error,
            code: "proof-failed",
            (consequence.map { "nginx would not route as this says (\($0)): " } ?? "") + difference + more,
            object: culprit ?? origin
        )
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
    fileprivate static func proofBounded(_ sent: Int, of total: Int) -> Diagnostic {
        Diagnostic(.note, code: "proof-bounded", "\(sent) of \(total) requests were sent to prove the configuration")
    }
}
