import Foundation
import TestSupport
import Testing

/// What `postern diff` says of ports of TCP and UDP beside where they lead, and of hosts whose TLS is passed on.
struct PortDiffTests {
    /// A port that a snippet of the global ConfigMap opens.
    private static func port(_ directives: String, keys: String = "") -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: global, namespace: ingress}
        data:
        \(keys.isEmpty ? "" : "  \(keys)\n")  stream-snippet: |
            server { listen 7000; proxy_pass 192.0.2.53:53; \(directives) }

        """
    }

    /// - Returns: The lines before the unified diff.
    private func report(_ old: String, _ new: String, _ options: String...) async throws -> [String] {
        let files = ["old.yaml": ingress() + "---\n" + old, "new.yaml": ingress() + "---\n" + new]
        return try await CommandLine.use(files) { shell in
            let arguments = ["diff", "--configmap", "ingress/global", "--nginx-version", "1.30.0"]
            let outcome = try await shell.run(arguments + options + ["old.yaml", "new.yaml"])
            #expect(outcome.status == (old == new ? 0 : 1), "\(outcome.errors)")
            return outcome.text.split(separator: "\n").map(String.init).prefix { !$0.hasPrefix("---") } + []
        }
    }

    @Test(arguments: [
        (
            "allow 10.0.0.0/8; deny all;", "", "loses its list of addresses",
            "clients: allow 10.0.0.0/8, deny all -> all"
        ),
        (
            "allow 10.0.0.0/8; deny all;", "allow 10.0.0.0/7; deny all;",
            "admits more addresses, such as 11.255.255.255",
            "clients: allow 10.0.0.0/8, deny all -> allow 10.0.0.0/7, deny all"
        ),
        ("deny 192.0.2.7;", "deny 192.0.2.8;", "admits more addresses, such as 192.0.2.7", "clients: deny"),
    ])
    func `who may come to a port by its rules is a danger where it is more than before`(
        _ old: String,
        _ new: String,
        _ danger: String,
        _ trait: String
    ) async throws {
        let report = try await report(Self.port(old), Self.port(new))
        #expect(report.first?.contains("1 port changes, ") == true, "\(report)")
        #expect(report.contains("! TCP port 7000  \(danger)  192.0.2.53:53"), "\(report)")
        #expect(report.contains { $0.hasPrefix("    \(trait)") }, "\(report)")
        let back = try await self.report(Self.port(new), Self.port(old))
        #expect(back.contains("~ TCP port 7000  192.0.2.53:53") || old.hasPrefix("deny"), "\(back)")
    }

    @Test func `what a snippet sets at a port, and a key for all, is shown`() async throws {
        let old = Self.port("proxy_timeout 5s; access_log off;")
        let new = Self.port("proxy_responses 3; proxy_connect_timeout 2s;", keys: "proxy-stream-timeout: 40s")
        let report = try await report(old, new)
        #expect(report.first?.contains("1 port changes, the settings of all ports change") == true, "\(report)")
        let lines = [
            "~ all ports of TCP and UDP", "    proxy_timeout: 10m -> 40s", "~ TCP port 7000  192.0.2.53:53",
            "    access log: off -> on", "    proxy_connect_timeout: none -> 2s", "    proxy_responses: 1 -> 3",
            "    proxy_timeout: 5s -> 40s",
        ]
        for line in lines { #expect(report.contains(line), "\(line) in \(report)") }
        let json = try await self.report(old, new, "--format", "json").joined(separator: "\n")
        #expect(json.contains("\"all ports of TCP and UDP\""))
        let markdown = try await self.report(old, new, "--format", "markdown")
        #expect(
            markdown.contains { $0.hasPrefix("- <code>&#126; TCP port 7000") && $0.contains("<br>") },
            "\(markdown)"
        )
    }

    @Test func `a host whose TLS is passed on is shown, as a danger where it has guards`() async throws {
        func manifest(_ annotations: String...) -> String {
            let lines = annotations.map { "    nginx.ingress.kubernetes.io/\($0)\n" }.joined()
            return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: vault
                  namespace: shop
                  annotations:
                    example.com/owner: nobody
                \(lines)spec:
                  ingressClassName: nginx
                  rules:
                  - host: vault.example
                    http:
                      paths:
                      - path: /
                        pathType: Prefix
                        backend: {service: {name: vault, port: {number: 8200}}}

                """
        }
        let (list, passing) = ("whitelist-source-range: 10.0.0.0/8", "ssl-passthrough: \"true\"")
        let guarded = try await report(manifest(list), manifest(list, passing), "--enable-ssl-passthrough")
        #expect(guarded.first == "1 route changes, 1 is passed on past its guards; 1 same", "\(guarded)")
        #expect(guarded.contains { $0.hasPrefix("! vault.example/  Prefix  has TLS passed on past its guards") })
        let brought = "(annotation ssl-passthrough)"
        #expect(guarded.contains("    TLS: ended by nginx -> passed on to shop/vault:8200 \(brought)"), "\(guarded)")
        #expect(guarded.contains { $0.contains("after: shop/vault:8200, to which TLS is passed on") }, "\(guarded)")
        let open = try await report(manifest(), manifest(passing), "--enable-ssl-passthrough")
        #expect(open.contains { $0.hasPrefix("~ vault.example/  Prefix") }, "\(open)")
        let back = try await report(manifest(passing), manifest(), "--enable-ssl-passthrough")
        #expect(back.contains("    TLS: passed on to shop/vault:8200 -> ended by nginx \(brought)"), "\(back)")
        let same = try await report(manifest(passing), manifest(passing), "--enable-ssl-passthrough")
        #expect(same == [])
    }
}
