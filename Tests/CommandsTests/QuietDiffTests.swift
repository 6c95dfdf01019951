import Foundation
import TestSupport
import Testing

/// What is no change shows as none, and what is one is not hidden.
struct QuietDiffTests {
    private static let old = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          namespace: shop
          annotations:
            nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8,192.168.0.0/16
            nginx.ingress.kubernetes.io/enable-cors: "true"
            nginx.ingress.kubernetes.io/cors-allow-origin: https://a.example,https://b.example
        spec:
          ingressClassName: nginx
          tls:
          - {hosts: [a.example, b.example]}
          - {hosts: [c.example]}
          rules:
          - host: a.example
            http:
              paths:
              - {path: /a, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
              - {path: /b, pathType: Exact, backend: {service: {name: api, port: {number: 80}}}}
          - host: b.example
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: web-1, namespace: shop, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        ports: [{port: 8080, protocol: TCP}]
        endpoints: [{addresses: [10.1.0.1]}, {addresses: [10.1.0.2]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {ports: [{port: 80, targetPort: 8080, protocol: TCP}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: nginx, namespace: ingress}
        data: {proxy-read-timeout: "7", proxy-send-timeout: "8"}

        """

    /// The same in another order everywhere.
    private static let new: String = {
        var text = old
        for (first, second) in [
            ("      - {path: /a, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}\n", ""),
            (
                "  - {hosts: [a.example, b.example]}\n  - {hosts: [c.example]}\n",
                "  - {hosts: [c.example]}\n  - {hosts: [b.example, a.example]}\n"
            ),
            ("{addresses: [10.1.0.1]}, {addresses: [10.1.0.2]}", "{addresses: [10.1.0.2]}, {addresses: [10.1.0.1]}"),
            (
                "{proxy-read-timeout: \"7\", proxy-send-timeout: \"8\"}",
                "{proxy-send-timeout: \"8\", proxy-read-timeout: \"7\"}"
            ),
            ("10.0.0.0/8,192.168.0.0/16", "192.168.0.0/16, 10.0.0.0/8"),
        ] {
            text = text.replacing(first, with: second)
        }
        let exact = "      - {path: /b, pathType: Exact, backend: {service: {name: api, port: {number: 80}}}}\n"
        return text.replacing(
            exact,
            with: exact + "      - {path: /a, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}\n"
        )
    }()

    @Test func `manifests that move, and lists in another order, are no difference`() async throws {
        let documents = Self.new.components(separatedBy: "---\n")
        var files = ["old/all.yaml": Self.old]
        for (number, document) in documents.reversed().enumerated() {
            files["new/deep/\(number)/\(9 - number).yaml"] = "# moved\n\n" + document
        }
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run("diff", "--configmap", "ingress/nginx", "old", "new")
            #expect(outcome.text.isEmpty, "\(outcome.text)")
            #expect(outcome.status == 0)
        }
    }

    private static func sites(_ service: String, timeout: Int) -> String {
        (1...9).map { number in
            ingress("web-\(number)", host: "h\(number).example", path: "/").replacing(
                "name: web-\(number), port",
                with: "name: \(service), port"
            ).replacing(
                "  namespace: shop\n",
                with: number == 5
                    ? "  namespace: shop\n  annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: '\(timeout)'}\n"
                    : "  namespace: shop\n"
            )
        }.joined(separator: "---\n")
    }

    @Test func `a Service that gets another name does not hide what else changes`() async throws {
        let files = ["old.yaml": Self.sites("web", timeout: 7), "new.yaml": Self.sites("web-v2", timeout: 8)]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run("diff", "--format", "unified", "old.yaml", "new.yaml")
            let lines = outcome.text.split(separator: "\n").map(String.init)
            let changes = lines.filter { ($0.hasPrefix("+") || $0.hasPrefix("-")) && $0.hasSuffix(";") }
            #expect(
                changes.map { $0.dropFirst().drop { $0 == " " } }.contains("proxy_read_timeout 8s;"),
                "\(outcome.text)"
            )
            #expect(!changes.contains { $0.contains("proxy_pass") }, "\(outcome.text)")
            let note = try #require(lines.first)
            #expect(
                note.hasPrefix("# upstream ") && note.contains("_shop_web_80 is ")
                    && note.hasSuffix("_shop_web-v2_80 now")
            )
            let hunk = try #require(lines.first { $0.hasPrefix("@@") && $0.contains("Ingress shop/web-5") })
            #expect(!hunk.contains("web-4"))
            let same = try await shell.run("diff", "--format", "unified", "new.yaml", "new.yaml")
            #expect(same.text.isEmpty && same.status == 0)
        }
    }

    @Test func `a Service with another name is a difference, even where nothing else is one`() async throws {
        let files = ["old.yaml": Self.sites("web", timeout: 7), "new.yaml": Self.sites("web-v2", timeout: 7)]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run("diff", "old.yaml", "new.yaml")
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("9 routes change"))
        }
    }
}
