import Curl
import Diagnostics
import ProxyConfiguration

/// How what came of probes compares with what the model says.
struct ProbeReport: Sendable {
    /// The requests that went elsewhere, by whose they are.
    private(set) var misroutings: [Misrouting] = []
    private(set) var requestCount = 0
    /// How many probes were not sent because the model cannot say what must come of them.
    private(set) var undecidedCount = 0
    /// The findings about ports of TCP and UDP.
    var streamFindings: [Diagnostic] = []
    /// How many probes the configuration has, of which a bound may have left some out.
    private let total: Int

    /// Nothing was probed.
    init() {
        total = 0
    }

    /// Compares what came of probes, in their order, as far as they were sent; `total` is how many the configuration has.
    init(
        _ outcomes: [Result<ProbeOutcome, CurlError>],
        of probes: DecidedProbes,
        among total: Int,
        _ configuration: Configuration
    ) {
        self.total = total
        requestCount = outcomes.count
        undecidedCount = probes.undecidedCount
        let choice = CertificateChoice(configuration, Router(configuration))
        for ((probe, decision), var outcome) in zip(probes.probes, outcomes) {
            if case .failure(let error) = outcome, error.isOfHandshake {
                let certificate = choice.certificate(for: probe.serverName)
                add(.handshake(with: certificate, error, probe))
                continue
            }
            if case .success(var answer) = outcome, let presented = answer.certificate {
                compare(presented, with: choice.certificate(for: probe.serverName), for: probe)
                answer.certificate = nil
                outcome = .success(answer)
            }
            let expected = ProbeOutcome(decision)
            if case .success(let actual) = outcome, expected.isMet(by: actual) { continue }
            let actual =
                switch outcome {
                case .success(let actual): "nginx has it \(actual)"
                case .failure(let error): "nginx does not answer: \(error)"
                }
            let difference = "\(probe.description) must be \(expected), but \(actual)"
            let origin = configuration.origin(of: decision)
            add(Misrouting(.route, origin: origin, host: decision.host, difference: difference, probe: probe))
        }
    }

    private mutating func compare(_ presented: CertificateBody, with expected: PrivateFile?, for probe: Probe) {
        guard let expected, CertificateBody(pem: expected.content.bytes) != presented else { return }
        let difference =
            "https://\(probe.serverName) must present the certificate \(expected.file), but nginx presents another"
        add(Misrouting(.certificate, origin: expected.origin, difference: difference, probe: probe))
    }

    private mutating func add(_ misrouting: Misrouting) {
        if let index = misroutings.firstIndex(where: misrouting.isAnother) {
            misroutings[index].others += 1
        } else {
            misroutings.append(misrouting)
        }
    }

    /// Whether everything that was asked went where it must.
    var isClean: Bool { misroutings.isEmpty && streamFindings.isEmpty }

    func findings(consequence: String?) -> [Diagnostic] {
        let bounded: [Diagnostic] =
            requestCount + undecidedCount < total ? [.proofBounded(requestCount, of: total)] : []
        let undecided: [Diagnostic] = undecidedCount > 0 ? [.proofUndecided(undecidedCount)] : []
        return misroutings.map { $0.finding(consequence: consequence) } + streamFindings + bounded + undecided
    }
}

/// Requests that nginx sends elsewhere than the model says, or serves with another certificate, or with one that no
/// client can use.
struct Misrouting: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case route
        case certificate
        case handshake
    }

    var kind: Kind
    /// The object whose location, server or certificate must take them; `nil` for none.
    var origin: ObjectReference?
    /// The host whose routes they are; `nil` where it is no matter of routes.
    var host: HostPattern?
    /// The required outcome of the first of them, and the actual one.
    var difference: String
    /// The first of them.
    var probe: Probe
    var others = 0

    init(_ kind: Kind, origin: ObjectReference?, host: HostPattern? = nil, difference: String, probe: Probe) {
        self.kind = kind
        self.origin = origin
        self.host = host
        self.difference = difference
        self.probe = probe
    }

    /// Whatever the reason is that it fails, it lies with the certificate: another one would do.
    static func handshake(with certificate: PrivateFile?, _ error: CurlError, _ probe: Probe) -> Misrouting {
        let difference = "no TLS connection to https://\(probe.serverName) comes about: \(error)"
        return Misrouting(.handshake, origin: certificate?.origin, difference: difference, probe: probe)
    }

    /// Whether two go back to the same.
    func isAnother(_ other: Misrouting) -> Bool {
        (kind, origin, host) == (other.kind, other.origin, other.host)
    }

    /// - Parameters:
    ///   - culprit: Whose fault it is, where that is not whose requests they are.
    ///   - consequence: What happens to the culprit.
    func finding(of culprit: ObjectReference? = nil, consequence: String? = nil) -> Diagnostic {
        // What a handshake comes to is no matter of requests.
        let more = others > 0 && kind != .handshake ? " (and \(others) more)" : ""
        return Diagnostic(
            .error,
            code: kind == .handshake ? "handshake-failed" : "proof-failed",
            (consequence.map { "\(fault) (\($0)): " } ?? "") + difference + more,
            object: culprit ?? origin
        )
    }

    private var fault: String {
        switch kind {
        case .route, .certificate: "nginx would not route as this says"
        case .handshake: "clients cannot use this certificate"
        }
    }
}

extension Configuration {
    /// The object whose location, or whose server, decided.
    fileprivate func origin(of decision: RoutingDecision) -> ObjectReference? {
        guard let server = servers.first(where: { $0.host == decision.host }) else { return nil }
        let location = decision.path.flatMap { path in server.locations.first { $0.path == path } }
        if case .proxied(let backends, _) = decision.outcome, let location, backends.first != location.backends.first {
            return location.canaryOrigin ?? location.origin
        }
        return location?.origin ?? server.origin
    }
}

extension Diagnostic {
    fileprivate static func proofUndecided(_ count: Int) -> Diagnostic {
        Diagnostic(
            .note,
            code: "proof-undecided",
            "\(count) request\(count == 1 ? " was" : "s were") not sent to prove the configuration: what comes of them "
                + "depends on more than the configuration"
        )
    }

    fileprivate static func proofBounded(_ sent: Int, of total: Int) -> Diagnostic {
        Diagnostic(.note, code: "proof-bounded", "\(sent) of \(total) requests were sent to prove the configuration")
    }
}
