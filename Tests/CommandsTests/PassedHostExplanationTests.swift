import Foundation
import TestSupport
import Testing

/// Hosts whose TLS is passed on, as `explain` has them.
struct PassedHostExplanationTests {
    private static let files = [
        "vault.yaml": """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: vault
          namespace: shop
          annotations:
            nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8
            nginx.ingress.kubernetes.io/ssl-passthrough: "true"
        spec:
          ingressClassName: nginx
          rules:
          - host: vault.example
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: vault, port: {number: 8200}}}
          - host: "*.tenants.example"
            http:
              paths:
              - path: /
                pathType: Prefix
                backend: {service: {name: vault, port: {number: 8200}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: vault, namespace: shop}
        spec: {ports: [{name: https, port: 8200}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: vault-1, namespace: shop, labels: {kubernetes.io/service-name: vault}}
        addressType: IPv4
        endpoints: [{addresses: [10.1.0.12]}, {addresses: [10.1.0.11]}]
        ports: [{name: https, port: 8200, protocol: TCP}]

        """
    ]

    private func explained(_ arguments: String...) async throws -> Tool.Outcome {
        try await CommandLine.use(Self.files) { shell in
            let options = ["--nginx-version", "1.30.0", "--enable-ssl-passthrough"]
            return try await shell.run(["explain"] + options + arguments + ["."])
        }
    }

    @Test(arguments: ["vault.example", "a.tenants.example"])
    func `HTTPS of such a host leads to its Service, whatever the path`(_ host: String) async throws {
        let outcome = try await explained("https://\(host)/ui/login?x=1")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.text.split(separator: "\n").map(String.init)
        let passing = try #require(lines.first { $0.hasPrefix("TLS ") }, "\(outcome.text)")
        #expect(passing.contains("  passed on to shop/vault:8200 as it is, whatever the path"))
        #expect(
            passing.contains("  annotation ssl-passthrough  Ingress shop/vault  ./vault.yaml:8  nginx.conf:"),
            "\(passing)"
        )
        #expect(lines.contains { $0.hasPrefix("endpoints  10.1.0.11:8200, 10.1.0.12:8200  nginx.conf:") })
        #expect(lines.contains { $0 == "answer     shop/vault:8200, to which TLS is passed on" }, "\(outcome.text)")
        #expect(outcome.text.contains("[passthrough-unguarded]"))
        #expect(!outcome.text.contains("Prefix /"))
    }

    @Test func `HTTP of such a host is served as that of others`() async throws {
        let outcome = try await explained("http://vault.example/ui")
        #expect(outcome.text.contains("  Prefix /"), "\(outcome.text)")
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("TLS ") && $0.contains("  passed on to shop/vault:8200") })
        #expect(outcome.text.contains("allow list"))
    }
}
