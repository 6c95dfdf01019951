import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Where nginx listens, and what of its processes the global ConfigMap says beside directives of one value.
struct ListeningTests {
    private func translated(_ global: [String: String], by nginx: String? = nil) throws -> Translation {
        var cluster = snapshot(
            [ingress(rule("a.example", path("/")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        cluster.configMaps = [ConfigMap(metadata: metadata("ingress/global"), data: global)]
        let ports = try [80, 443].map { try #require(PortNumber($0)) }
        return translate(
            cluster,
            with: try settings {
                $0.globalConfigMap = NamespacedName(namespace: "ingress", name: "global")
                $0.listeners = zip([Listener.Scheme.http, .https], ports).flatMap { scheme, port in
                    [Listener(scheme, at: .port(port)), Listener(scheme, at: .anyIPv6(port))]
                }
                $0.capabilities = nginx.flatMap { NginxCapabilities(versionOutput: $0) }
            }
        )
    }

    @Test(
        arguments: [
            (nil, "80 [::]:80 443 [::]:443", []), ("192.0.2.1", "192.0.2.1:80 192.0.2.1:443", []),
            (
                "192.0.2.1, [2001:db8::1] ,192.0.2.1",
                "192.0.2.1:80 [2001:db8::1]:80 192.0.2.1:443 [2001:db8::1]:443", []
            ),
            ("192.0.2.1,10.0.0.0/8", "192.0.2.1:80 192.0.2.1:443", ["configmap-key-invalid"]),
            ("eth0; listen 80", "127.0.0.1:80 127.0.0.1:443", ["configmap-key-invalid"]),
        ] as [(String?, String, [String])]
    )
    func `nginx listens on the addresses that are good, and never on more`(
        _ text: String?,
        _ places: String,
        _ codes: [String]
    ) throws {
        let result = try translated(text.map { ["bind-address": $0] } ?? [:])
        #expect(result.configuration.listeners.map(\.address.description).joined(separator: " ") == places)
        #expect(result.codes == codes)
    }

    @Test func `a list without a network has no connection debugged, and says so`() throws {
        let result = try translated(["debug-connections": "everybody"])
        #expect(result.codes == ["configmap-key-invalid"])
        #expect(result.configuration.process.debuggedNetworks.isEmpty)
        #expect(result.diagnostics.contains { $0.message.hasSuffix("no connection is logged so") })
    }

    @Test func `only the nginx that is built for it debugs connections and has threads`() throws {
        let global = ["debug-connections": "192.0.2.0/24,2001:db8::1", "enable-aio-write": "true"]
        let result = try translated(global, by: "nginx version: nginx/1.22.1\n--with-debug --with-threads")
        #expect(result.codes == [])
        let configuration = result.configuration
        #expect(configuration.process.debuggedNetworks.map(\.description) == ["192.0.2.0/24", "2001:db8::1"])
        #expect(configuration.settings.directives.value(of: "aio") == "threads")
        let lacking = try translated(global, by: "nginx version: nginx/1.22.1\n")
        #expect(lacking.codes.count == 2)
        #expect(lacking.configuration.process.debuggedNetworks.isEmpty)
        #expect(lacking.configuration.settings.directives.value(of: "aio") == nil)
    }
}
