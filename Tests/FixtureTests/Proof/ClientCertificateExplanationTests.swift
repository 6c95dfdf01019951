import ArgumentParser
import Foundation
import NginxSyntax
import ProxyConfiguration
import Testing

@testable import Commands

/// What is explained of the certificates that clients show is what comes of them.
struct ClientCertificateExplanationTests {
    /// The statuses that `ClientCertificateTests` sees from a real nginx.
    @Test(arguments: [
        ("required", "ann", 200), ("required", "annika", 200), ("required", "revoked", 400),
        ("required", "foreign", 400), ("optional", "ann", 200), ("optional", "revoked", 400),
        ("optional", "foreign", 400), ("anybody", "foreign", 200), ("page", "revoked", 302), ("page", "ann", 200),
        ("off", "foreign", 200), ("named", "ann", 200), ("named", "annika", 403), ("named", "comma", 403),
        ("named", "revoked", 400), ("named", "foreign", 400), ("assumed", "ann", 403),
    ])
    func `a certificate is judged as nginx judges it`(host: String, certificate: String, status: Int) async throws {
        let fixture = Fixture(name: "client-certificates")
        let result = try await fixture.translated()
        let table = RouteTable(result)
        let request = Request(scheme: .https, host: "\(host).example", target: "/")
        let server = try #require(Router(result.configuration).server(named: request.host))
        let options = try CertificateOptions.parse([
            "--client-cert", path(of: fixture.folder.appending(path: "\(certificate).pem")),
        ])
        let pem = try #require(try options.certificate())
        let shown = try ShownCertificate(pem, of: request, to: server, in: table)
        let explanation = Explanation(request, in: table, of: result, showing: shown)
        #expect(explanation.given.status == status, "\(shown.text): \(explanation.answer)")
        #expect(explanation.steps.contains { $0.text.hasPrefix("CN=") && $0.text.contains(", issued by ") })
    }
}

extension RoutingDecision {
    fileprivate var status: Int? {
        switch outcome {
        case .proxied: 200
        case .denied: 403
        case .redirected(let status, _), .answered(let status): status.value
        case .preflight: 204
        case .stubStatus, .passedThrough, .undecided: nil
        }
    }
}
