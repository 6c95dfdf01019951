import Curl
import NginxSyntax
package import ProxyConfiguration

/// The outcome of a probe, actual or required.
package struct ProbeOutcome: Sendable, Hashable {
    package var status: Int
    package var location: String?
    /// The upstream that the request was passed to.
    package var upstream: String?
    /// Those besides that it may be passed to as well.
    package var otherUpstreams: Set<String> = []
    /// The upstream that was asked whether the request may pass.
    package var asked: String?
    /// The request target as the upstream saw it.
    package var target: String?
    /// The certificate of the handshake before the request; `nil` where there was none.
    var certificate: CertificateBody?

    init(_ response: RawResponse) {
        status = response.status
        location = response.header("location")
        upstream = response.header("x-postern-upstream")
        target = response.header("x-postern-target")
        asked = response.header("x-postern-asked")
        certificate = response.certificate.flatMap { CertificateBody(pem: $0.utf8) }
    }

    /// Translates a decision to the outcome in a shadow.
    package init(_ decision: RoutingDecision) {
        switch decision.outcome {
        case .proxied(let backends, let target):
            status = 200
            let names = backends.compactMap { $0.shadowName(speaking: decision.spoken ?? .http)?.value }
            upstream = names.first
            otherUpstreams = Set(names.dropFirst())
            asked = decision.asked?.shadowName?.value
            self.target = target
        case .denied: status = 403
        case .redirected(let code, let url):
            status = code.value
            location = url
        case .answered(let code): status = code.value
        case .preflight: status = StatusCode.noContent.value
        // Whoever comes through a Unix socket has no address of the machine.
        case .stubStatus: status = 403
        // Nobody asks for what cannot be decided.
        case .undecided, .passedThrough: status = 0
        }
    }

    /// Whether what must come of a probe is what came of it.
    package func isMet(by actual: ProbeOutcome) -> Bool {
        var expected = self
        expected.otherUpstreams = []
        if let upstream = actual.upstream, otherUpstreams.contains(upstream) { expected.upstream = upstream }
        return expected == actual
    }
}

extension ProbeOutcome: CustomStringConvertible {
    package var description: String {
        if let target {
            let names = [upstream ?? "an unknown upstream"] + otherUpstreams.sorted()
            let asking = asked.map { " after asking \($0)" } ?? ""
            return "passed to \(names.joined(separator: " or ")) as \(target)\(asking)"
        }
        return "answered with \(status)" + (location.map { " to \($0)" } ?? "")
    }
}
