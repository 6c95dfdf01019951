import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// What is asked in place of a Service's endpoints, and what its ports name.
struct ServiceAddressTests {
    private func translated(
        _ service: Service,
        _ annotations: [String: String],
        _ addresses: [String] = ["10.0.0.1", "10.0.0.2"]
    ) throws -> Translation {
        let cluster = snapshot(
            [ingress("shop/a", annotations: annotations, rule("a.example", path("/")))],
            services: [service],
            slices: addresses.isEmpty ? [] : [slice("shop/web", addresses)]
        )
        return translate(cluster, with: try settings { $0.assumesMissingObjects = false })
    }

    private func servers(_ translation: Translation) -> [String] {
        let addresses: [SocketAddress] = translation.configuration.upstreams.flatMap { $0.servers }
        return addresses.map { "\($0)" }
    }

    @Test func `the cluster address is asked, whether endpoints are ready or not`() throws {
        for addresses in [["10.0.0.1"], []] {
            let result = try translated(service(), ["service-upstream": "true"], addresses)
            #expect(servers(result) == ["10.96.0.1:80"])
            #expect(result.codes == [])
        }
    }

    @Test(arguments: ["None", "127.0.0.1", "169.254.169.254"])
    func `an address where no Service is leaves it to the endpoints`(_ address: String) throws {
        var web = service()
        web.clusterIP = address
        #expect(servers(try translated(web, ["service-upstream": "true"])) == ["10.0.0.1:8080", "10.0.0.2:8080"])
    }

    @Test(arguments: [
        ("https", "HTTP", ["app-protocol-unused"]), ("https", "HTTPS", []), ("http", "HTTP", []), ("mysql", "HTTP", []),
        ("kubernetes.io/h2c", "GRPC", []), ("grpc", "HTTP", ["app-protocol-unused"]), ("https", "AUTO_HTTP", []),
    ])
    func `what a port names is told where something else is spoken`(
        _ named: String,
        _ spoken: String,
        _ codes: [String]
    ) throws {
        let web = service("shop/web", Service.Port(port: 80, appProtocol: named))
        #expect(try translated(web, ["backend-protocol": spoken]).codes == codes)
    }
}
