import Curl
import NginxSyntax
import ProxyConfiguration

/// What came of a probe, or must come of it.
struct ProbeOutcome: Sendable, Hashable {
    var status: Int
    var location: String?
    /// The upstream that the request was passed to.
    var upstream: String?
    /// The request target as the upstream saw it.
    var target: String?
    /// What a handshake before the request brought; `nil` where there was none.
    var certificate: CertificateBody?

    init(_ response: CurlResponse) {
        status = response.status
        location = response.header("location")
        upstream = response.header("x-postern-upstream")
        target = response.header("x-postern-target")
        certificate = response.certificate.flatMap { CertificateBody(pem: $0.utf8) }
    }

    /// What a decision means in a shadow.
    init(_ decision: RoutingDecision) {
        switch decision.outcome {
        case .proxied(let backend, let target):
            status = 200
            upstream = backend.shadowName?.value
            self.target = target
        case .redirected(let code, let url):
            status = code.value
            location = url
        case .answered(let code): status = code.value
        // Whoever comes through a Unix socket has no address of the machine.
        case .stubStatus: status = 403
        }
    }
}

extension ProbeOutcome: CustomStringConvertible {
    var description: String {
        if let target { return "passed to \(upstream ?? "an unknown upstream") as \(target)" }
        return "answered with \(status)" + (location.map { " to \($0)" } ?? "")
    }
}
