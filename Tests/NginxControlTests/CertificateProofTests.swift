import Certificates
import Controller
import Diagnostics
import Foundation
import NginxControl
import TestSupport
import Testing

/// Which certificate nginx presents is proven as well.
@Suite(.timeLimit(.minutes(10))) struct CertificateProofTests {
    private let tls = "  tls: [{hosts: [web.example], secretName: web}]"

    private func secret() throws -> String {
        let now = Int64(Date().timeIntervalSince1970)
        let bundle = try SelfSignedCertificate.make(
            commonName: "web.example",
            dnsName: "web.example",
            notBefore: now - 60,
            notAfter: now + 3_600
        )
        let text = Data(bundle.content.bytes).base64EncodedString()
        return """
            apiVersion: v1
            kind: Secret
            metadata: {name: web, namespace: shop}
            type: kubernetes.io/tls
            data: {tls.crt: \(text), tls.key: \(text)}

            """
    }

    @Test func `each host's own certificate is presented, and the default one elsewhere`() async throws {
        let manifests = try Site.good(3) + [Site.ingress("web", more: tls), secret()]
        let proof = try await Site(manifests: manifests).prove()
        #expect(proof.findings.isEmpty)
    }

    @Test(arguments: ["aa", "zz"])
    func `a certificate that no client can use is its Secret's fault, wherever its host stands`(
        name: String
    ) async throws {
        let tls = "  tls: [{hosts: [\(name).example], secretName: curve}]"
        let secret = try await TestSupport.TestSecret(for: "\(name).example", key: "ec:secp224r1")
        let manifests = Site.good(3) + [Site.ingress(name, more: tls), secret.manifest(named: "curve")]
        let proof = try await Site(manifests: manifests).prove()
        let reported = proof.findings.filter { $0.severity == .error }
        #expect(reported.map(\.object?.description) == ["Secret shop/curve"], "\(reported.map(\.text))")
        #expect(reported.first?.code == "handshake-failed")
        #expect(reported.first?.message.hasPrefix("no TLS connection to https://\(name).example comes about: ") == true)
    }

    @Test func `a host that is served with another certificate is reported by its Secret`() async throws {
        let right = "ssl_certificate {{ file }};\n    ssl_certificate_key {{ file }};"
        let wrong = "ssl_certificate tls/default.pem;\n    ssl_certificate_key tls/default.pem;"
        let server = try BuiltInTemplate.replacing([right: wrong], in: "server")
        let manifests = try Site.good(3) + [Site.ingress("web", more: tls), secret()]
        let proof = try await Site(manifests: manifests, templates: ["server": server]).prove()
        #expect(proof.findings.map(\.object?.description) == ["Secret shop/web"])
        let difference = "https://web.example must present the certificate tls/shop.web.pem, but nginx presents another"
        #expect(proof.findings.first?.message.hasPrefix(difference) == true)
    }
}
