import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Whether HTTP/3 is offered where it is asked for.
struct HTTP3Tests {
    private func translated(by nginx: String?, _ global: [String: String] = [:]) throws -> Translation {
        var cluster = snapshot([ingress(rule("a.example", path("/")))], services: [service()])
        cluster.configMaps = [ConfigMap(metadata: metadata("ingress/global"), data: global)]
        let offer = HTTP3Offer(publicPort: try #require(PortNumber(443)))
        return translate(
            cluster,
            with: try settings {
                $0.http3 = offer
                $0.globalConfigMap = NamespacedName(namespace: "ingress", name: "global")
                $0.capabilities = nginx.flatMap { NginxCapabilities(versionOutput: $0) }
            }
        )
    }

    @Test(
        arguments: [
            ("nginx version: nginx/1.22.1\n--with-http_v2_module", false),
            ("nginx version: nginx/1.24.0\n--with-http_v3_module", false),
            ("nginx version: nginx/1.30.1\n--with-http_ssl_module", false),
            ("nginx version: nginx/1.30.1\n--with-http_v3_module", true), (nil, true),
        ] as [(String?, Bool)]
    )
    func `an nginx that cannot is told, and clients are offered none`(_ nginx: String?, _ can: Bool) throws {
        let result = try translated(by: nginx)
        #expect((result.configuration.settings.http3 != nil) == can)
        #expect(result.codes.contains("http3-not-built") == !can)
    }

    @Test func `without the TLS that it takes there is none`() throws {
        let result = try translated(by: nil, ["ssl-protocols": "TLSv1.2"])
        #expect(result.configuration.settings.http3 == nil)
        #expect(result.codes.contains("http3-without-tls13"))
    }
}
