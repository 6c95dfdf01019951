import Curl
import Diagnostics
import NginxSyntax
package import ProxyConfiguration

/// A request that a shadow of a configuration was asked, and what came of it.
package struct AskedRequest: Sendable, Hashable {
    package let request: Request
    /// The required outcome; `nil` where it depends on more than the configuration and the request.
    package let expected: ProbeOutcome?
    /// The actual outcome; `nil` where there was no answer, or none to be had.
    package let actual: ProbeOutcome?
    /// Why there was none, or what is wrong with the connection.
    package let failure: String?
    /// Who gets the connection, where it is passed on as it is.
    package let passage: Passage?

    /// The names of a Service's port; `nil` where the connection is closed.
    package struct Passage: Sendable, Hashable {
        package let expected: String?
        package let actual: String?
    }

    init(
        _ request: Request,
        _ decision: RoutingDecision,
        _ outcome: Result<ProbeOutcome, CurlError>,
        presenting certificate: PrivateFile?
    ) {
        self.request = request
        passage = nil
        expected = decision.outcome == .undecided ? nil : ProbeOutcome(decision)
        switch outcome {
        case .failure(let error):
            actual = nil
            failure = error.description
        case .success(var answer):
            let isWrong = answer.certificate.map { presented in
                certificate.map { CertificateBody(pem: $0.content.bytes) != presented } ?? false
            }
            failure = isWrong ?? false ? "it presents another certificate than \(certificate?.file.value ?? "")" : nil
            answer.certificate = nil
            actual = answer
        }
    }

    /// A request whose connection is passed on as it is, so that no server of HTTP gets it.
    init(_ request: Request, passedOn passage: Passage) {
        self.request = request
        self.passage = passage
        (expected, actual, failure) = (nil, nil, nil)
    }

    /// Whether what must come of the request is what came of it; `nil` where nobody can say.
    package var agrees: Bool? {
        guard failure == nil else { return false }
        if let passage { return passage.actual == passage.expected }
        guard let actual else { return nil }
        return expected.map { $0.isMet(by: actual) }
    }
}

extension Request {
    /// The name that a TLS client asks a certificate for: that of the host, or one that no server has.
    var serverName: String {
        let name = host.prefix { $0 != ":" }.lowercased()
        return HostName(name.hasSuffix(".") ? String(name.dropLast()) : name)?.value ?? "unknown.invalid"
    }
}
