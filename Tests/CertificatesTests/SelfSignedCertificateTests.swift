import Testing

@testable import Certificates

struct SelfSignedCertificateTests {
    @Test func `a fallback certificate covers its name in its time, and nginx loads it`() throws {
        let bundle = try SelfSignedCertificate.make(notBefore: 1_700_000_000, notAfter: 4_102_444_800)
        #expect(bundle.hosts == ["ingress.local"])
        #expect(bundle.notBefore == 1_700_000_000)
        #expect(bundle.notAfter == 4_102_444_800)
        #expect(bundle.warnings(at: 1_800_000_000) == [])
        #expect(
            bundle.summary[0].contains("subject O=Postern, CN=Postern Fallback Certificate; names DNS:ingress.local;")
        )

        let bench = try Workbench()
        try bench.requireNginxLoads(bundle)
        let text = try bench.openssl("x509 -in bundle.pem -noout -text")
        #expect(text.contains("CA:FALSE"))
        #expect(text.contains("TLS Web Server Authentication"))
        try bench.openssl("verify -x509_strict -CAfile bundle.pem -verify_hostname ingress.local bundle.pem")
    }

    @Test func `each fallback certificate has a key of its own`() throws {
        let bundles = try (0..<2).map { _ in try SelfSignedCertificate.make(notBefore: 0, notAfter: 1) }
        #expect(bundles[0].summary.last != bundles[1].summary.last)
    }

    @Test func `a name that no certificate can hold is refused`() {
        #expect(throws: (any Error).self) {
            try SelfSignedCertificate.make(dnsName: "bücher", notBefore: 0, notAfter: 1)
        }
    }
}
