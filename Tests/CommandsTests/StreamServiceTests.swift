import Foundation
import TestSupport
import Testing

/// Ports of TCP and UDP, as commands take and show them.
struct StreamServiceTests {
    private static func configMap(_ entries: [String: String]) -> String {
        let lines = entries.sorted { $0.key < $1.key }.map { "  \"\($0.key)\": \"\($0.value)\"\n" }.joined()
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: tcp, namespace: ingress}\ndata:\n\(lines)"
    }

    private static let options = ["--tcp-services-configmap", "ingress/tcp", "--nginx-version", "1.30.0"]

    @Test func `render writes them, for whoever names the ConfigMap`() async throws {
        let files = [
            "web.yaml": ingress(), "tcp.yaml": Self.configMap(["5432": "shop/db:5432", "80": "shop/db:5432"]),
        ]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run(["render"] + Self.options + ["."])
            #expect(outcome.text.contains("        listen 5432;\n"))
            #expect(outcome.errors.contains("tcp.yaml:6:9: error: port 80 is one of nginx's"))
            let without = try await shell.run("render", ".")
            #expect(!without.text.contains("stream {"))
        }
    }

    @Test func `diff shows those that open, close and lead elsewhere`() async throws {
        let old = Self.configMap(["5432": "shop/db:5432", "6379": "shop/cache:6379", "7000": "shop/same:80"])
        let new = Self.configMap(["5432": "shop/db:5432:PROXY", "3306": "shop/sql:3306", "7000": "shop/same:80"])
        let files = [
            "old/web.yaml": ingress(), "new/web.yaml": ingress(), "old/tcp.yaml": old, "new/tcp.yaml": new,
        ]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run(["diff"] + Self.options + ["old", "new"])
            #expect(outcome.status == 1)
            #expect(
                outcome.text.hasPrefix("no route changes, 3 ports change; ")
                    || outcome.text.hasPrefix("3 ports change; ")
            )
            let lines = [
                "+ TCP port 3306  shop/sql:3306", "~ TCP port 5432  shop/db:5432 -> shop/db:5432:PROXY",
                "- TCP port 6379  shop/cache:6379",
            ]
            #expect(outcome.text.contains("\n\n" + lines.joined(separator: "\n") + "\n\n"), "\(outcome.text)")
            let json = try await shell.run(["diff", "--format", "json"] + Self.options + ["old", "new"])
            #expect(
                json.text.contains("\"port\" : \"TCP port 3306\"") || json.text.contains("\"port\":\"TCP port 3306\"")
            )
            let markdown = try await shell.run(["diff", "--format", "markdown"] + Self.options + ["old", "new"])
            #expect(markdown.text.contains("- <code>- TCP port 6379"))
            let github = try await shell.run(["diff", "--format", "github"] + Self.options + ["old", "new"])
            #expect(github.text.contains("- TCP port 6379  shop/cache"), "\(github.text)")
        }
    }

    @Test func `check proves them`() async throws {
        let files = [
            "web.yaml": ingress(),
            "tcp.yaml": Self.configMap(["5432": "shop/db:5432:PROXY:PROXY", "53": "shop/dns:53"]),
        ]
        try await CommandLine.use(files) { shell in
            let both = ["--tcp-services-configmap", "ingress/tcp", "--udp-services-configmap", "ingress/tcp"]
            let outcome = try await shell.run(["check", "--prove"] + both + ["."])
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(outcome.text.contains("stream-proxy-ignored"), "\(outcome.text)")
            #expect(
                !outcome.text.contains("proof-failed") && !outcome.text.contains("nginx-refused"),
                "\(outcome.text)"
            )
        }
    }
}
