import Certificates
import Controller
import Diagnostics
import IngressTranslation
import KubernetesModel
import ProxyConfiguration
import Testing

/// Secrets that held a certificate, and hold none any more.
struct CertificateKeepingTests {
    private let reconciler = Reconciler(RecordingDataPlane())

    private func content() throws -> SecretBytes {
        try SelfSignedCertificate.make(notBefore: 1_799_999_000, notAfter: 1_900_000_000).content
    }

    private func reconcile(
        _ certificate: SecretBytes,
        key: SecretBytes,
        list: UInt8 = 1
    ) async throws -> ReconcileReport {
        var reading = Site.reading(["a.example": "/1"], secret: "none")
        for index in reading.snapshot.secrets.indices {
            let data = ["tls.crt": certificate, "tls.key": key, "ca.crl": SecretBytes([list])]
            reading.snapshot.secrets[index].data = data
        }
        return await reconciler.reconcile(reading, try Site.settings())
    }

    private func errors(_ report: ReconcileReport) -> [String] {
        report.diagnostics.filter { $0.severity == .error }.map(\.code)
    }

    @Test func `a certificate that served is kept where the key is another's, and what else the Secret holds is new`()
        async throws
    {
        let (good, other) = (try content(), try content())
        let first = try await reconcile(good, key: good)
        #expect(first.settingAside.entries.isEmpty)
        for list: UInt8 in 2...3 {
            let bad = try await reconcile(other, key: good, list: list)
            let kept = bad.settingAside.entries.values.map(\.lastGood)
            guard case .secret(let secret)? = kept.first ?? nil else {
                Issue.record("\(kept)")
                return
            }
            #expect(secret.data == ["tls.crt": good, "tls.key": good, "ca.crl": SecretBytes([list])])
            #expect(errors(bad) == ["object-kept"])
        }
        let mended = try await reconcile(other, key: other)
        #expect(mended.settingAside.entries.isEmpty && errors(mended).isEmpty)
    }

    @Test func `one that has never served is not kept`() async throws {
        let (one, other) = (try content(), try content())
        for (certificate, key) in [(one, other), (other, one)] {
            let report = try await reconcile(certificate, key: key)
            #expect(report.settingAside.entries.isEmpty)
            #expect(errors(report) == ["secret-invalid"])
        }
    }
}
