import Foundation
import TestSupport
import Testing

/// `postern explain --line`, of lines about ports of TCP and UDP.
struct StreamLineTests {
    private static let files = [
        "web.yaml": ingress(),
        "tcp.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tcp, namespace: ingress}
        data:
          "5432": shop/db:5432
          "6379": shop/cache:6379
          "6380": shop/cache:6379

        """,
    ]

    private static let options = ["--tcp-services-configmap", "ingress/tcp", "--nginx-version", "1.30.0"]

    @Test(arguments: [
        ("listen 5432;", "because  key 5432 of ConfigMap ingress/tcp  tcp.yaml:5  without it the line is gone"),
        (
            "upstream tcp_shop_db_5432 {",
            "because  key 5432 of ConfigMap ingress/tcp  tcp.yaml:5  without it the line is gone"
        ),
        ("listen 6380;", "because  key 6380 of ConfigMap ingress/tcp  tcp.yaml:7  without it the line is gone"),
        ("upstream tcp_shop_cache_6379 {", "because  several ports of TCP and UDP together"),
        ("proxy_timeout 10m;", "because  several ports of TCP and UDP together"),
    ])
    func `a line of a port comes from its entry`(_ text: String, _ reason: String) async throws {
        try await CommandLine.use(Self.files) { shell in
            let rendered = try await shell.run(["render"] + Self.options + ["web.yaml", "tcp.yaml"]).text
            let lines = rendered.components(separatedBy: "\n")
            let number = try #require(lines.firstIndex { $0.hasSuffix("    \(text)") }) + 1
            let arguments = ["explain", "--line", "\(number)"] + Self.options + ["web.yaml", "tcp.yaml"]
            let outcome = try await shell.run(arguments)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let explained = outcome.text.split(separator: "\n").map { String($0).replacing(#/ {2,}/#, with: "  ") }
            #expect(explained.contains { $0.hasPrefix(reason) }, "\(explained)")
        }
    }

    @Test func `a port is asked of a real nginx`() async throws {
        try await CommandLine.use(Self.files) { shell in
            let udp = Self.files["tcp.yaml"]?.replacing("name: tcp", with: "name: udp") ?? ""
            try shell.write(udp, to: "udp.yaml")
            let options = [
                "--tcp-services-configmap", "ingress/tcp", "--udp-services-configmap", "ingress/udp", "--prove",
            ]
            for (transport, thing) in [("tcp", "a connection"), ("udp", "a datagram")] {
                let url = "\(transport)://db.example:5432"
                let outcome = try await shell.run(["explain"] + options + [url, "."])
                #expect(outcome.status == 0, "\(outcome.errors)")
                #expect(
                    outcome.text.contains(" agrees: \(thing) that is passed on to shop/db:5432"),
                    "\(outcome.text)"
                )
            }
        }
    }
}
