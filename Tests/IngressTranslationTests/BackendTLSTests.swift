import Certificates
import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// How TLS is spoken with backends, by the Secrets that Ingresses name.
struct BackendTLSTests {
    private static let https = ["backend-protocol": "HTTPS"]

    private func cluster(_ annotations: [String: String], _ secrets: Secret...) -> ClusterSnapshot {
        var cluster = snapshot(
            [
                ingress(
                    "shop/a",
                    annotations: annotations.merging(Self.https) { own, _ in own },
                    rule("a.example", path("/"))
                )
            ],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        cluster.secrets = secrets
        return cluster
    }

    private func secret(_ data: [String: SecretBytes]) -> Secret {
        Secret(metadata: ObjectMetadata(name: "backend", namespace: "shop"), data: data)
    }

    private func authorities() throws -> SecretBytes {
        try SelfSignedCertificate.make(notBefore: 0, notAfter: 4_000_000_000).content
    }

    private func tls(_ translation: Translation) -> BackendTLS? {
        translation.configuration.upstreams.first?.policy.transport.tls
    }

    @Test func `a Secret that comes, and another one in its place, is what counts at once`() throws {
        let settings = try settings { $0.assumesMissingObjects = false }
        let annotations = ["proxy-ssl-secret": "shop/backend", "proxy-ssl-verify": "on"]
        var cache = TranslationCache()
        let missing = translate(cluster(annotations), with: settings, cache: &cache)
        #expect(missing.codes == ["secret-not-found"])
        #expect(missing.configuration.upstreams == [])
        let come = translate(
            cluster(annotations, secret(["ca.crt": try authorities()])),
            with: settings,
            cache: &cache
        )
        #expect(come.codes == [])
        #expect(tls(come)?.verifies == true)
        #expect(tls(come)?.name == Expression(literal: "web.shop.svc"))
        #expect(come.configuration.privateFiles.map(\.file.value).contains("ca/shop.backend.pem"))
        let broken = translate(
            cluster(annotations, secret(["ca.crt": SecretBytes(Array("text".utf8))])),
            with: settings,
            cache: &cache
        )
        #expect(broken.codes == ["secret-invalid"])
        #expect(!broken.configuration.privateFiles.map(\.file.value).contains("ca/shop.backend.pem"))
    }

    @Test(arguments: [
        ["proxy-ssl-secret": "other/backend"], ["proxy-ssl-secret": "shop/Backend;"], ["proxy-ssl-verify": "on"],
        ["proxy-ssl-verify": "true"],
    ])
    func `what cannot be honoured passes nothing on`(_ annotations: [String: String]) throws {
        let result = translate(cluster(annotations), with: try settings())
        #expect(result.configuration.upstreams == [])
        #expect(result.diagnostics.contains { $0.severity == .error })
    }

    @Test(arguments: ["off", "false", "False", "no", "0"])
    func `whoever says in any word that nothing is to be checked is served`(_ word: String) throws {
        let result = translate(cluster(["proxy-ssl-verify": word]), with: try settings())
        #expect(result.codes == [])
        #expect(result.configuration.upstreams.count == 1)
    }

    @Test func `what is said of the other side alone needs no Secret`() throws {
        let annotations = ["proxy-ssl-name": "api.example", "proxy-ssl-server-name": "on", "proxy-ssl-ciphers": "HIGH"]
        let result = translate(cluster(annotations), with: try settings())
        #expect(result.codes == [])
        #expect(tls(result)?.name == Expression(literal: "api.example"))
        #expect(tls(result)?.sendsName == true)
    }
}
