import Foundation
import TestSupport
import Testing

/// Access logs beside manifests: `postern explain --log` and `postern diff --traffic`.
struct TrafficTests {
    private static func line(_ request: String, status: Int = 200, _ upstream: String, client: String = "10.1.2.3")
        -> String
    {
        "\(client) - - [10/Oct/2026:13:55:36 +0000] \"\(request) HTTP/1.1\" \(status) 15 \"-\" \"curl/8\" 80 0.007 "
            + "[\(upstream)] [] 192.0.2.1:80 15 0.006 200 4f7e0b3c9d2a1e5f4f7e0b3c9d2a1e5f\n"
    }

    private static let old =
        ingress() + "---\n" + ingress("cart", path: "/cart") + "---\n" + ingress("other", host: "other.example")
    /// The cart goes, another backend takes a part of what is left, and the last one stays.
    private static let new =
        ingress() + "---\n" + ingress("api", path: "/api") + "---\n" + ingress("other", host: "other.example")

    private static let files = ["old.yaml": old, "new.yaml": new]

    @Test func `a line of the log is explained, and compared with what it has`() async throws {
        try await CommandLine.use(Self.files) { shell in
            let line = Self.line("GET /cart/a?b=c", "shop-cart-80")
            let same = try await shell.run("explain", "--log", line, "old.yaml")
            #expect(same.status == 0, "\(same.errors)")
            #expect(same.text.hasPrefix("GET http://shop.example/cart/a?b=c\n"))
            #expect(same.text.contains("200 from shop-cart-80 at 192.0.2.1:80: as explained"))
            let piped = try await shell.run("explain", "--log", "-", "--prove", "old.yaml", input: line)
            #expect(piped.status == 0 && piped.text.contains(" agrees: passed to "))
            let gone = try await shell.run("explain", "--log", line, "new.yaml")
            #expect(gone.status == 2)
            #expect(gone.errors.contains("no host passes /cart/a?b=c to shop-cart-80 now: --header 'Host: NAME'"))
            let named = try await shell.run("explain", "--log", line, "--header", "Host: shop.example", "new.yaml")
            #expect(named.status == 1)
            #expect(named.text.contains("200 from shop-cart-80 at 192.0.2.1:80: which is not what is explained"))
            let json = try await shell.run("explain", "--format", "json", "--log", line, "old.yaml")
            #expect(json.text.contains(#""upstream" : "shop-cart-80""#))
        }
    }

    @Test func `what is no line of a log, or says too much, is refused`() async throws {
        try await CommandLine.use(Self.files) { shell in
            let line = Self.line("GET /", "shop-web-80")
            for arguments in [
                ["--log", "nothing"], ["--log", line, "--method", "PUT"], ["--log", line, "--line", "3"],
                ["--log", line + line], ["--log", "-", "-"], ["--log", Self.line("GET /", status: 404, "-")],
            ] {
                let outcome = try await shell.run(["explain"] + arguments + ["old.yaml"])
                #expect(outcome.status == 2, "\(arguments)")
                #expect(outcome.text.isEmpty)
            }
        }
    }

    @Test func `requests of the log that go elsewhere are counted by route`() async throws {
        let log =
            String(repeating: Self.line("GET /cart", "shop-cart-80"), count: 3)
            + String(repeating: Self.line("GET /cart/x?y", "shop-cart-80"), count: 2)
            + String(repeating: Self.line("GET /api/v1", "shop-web-80"), count: 1_100)
            + String(repeating: Self.line("GET /web", "shop-web-80"), count: 5)
            + Self.line("GET /", "shop-other-80") + Self.line("GET /", status: 404, "-") + "garbage\n"
        try await CommandLine.use(Self.files.merging(["access.log": log]) { first, _ in first }) { shell in
            let outcome = try await shell.run("diff", "--traffic", "access.log", "old.yaml", "new.yaml")
            let lines = outcome.text.split(separator: "\n").map(String.init)
            #expect(
                lines[1] == "access.log: 1,105 of 1,112 requests go elsewhere; of 1 it cannot be known; "
                    + "1 line tells no request"
            )
            #expect(lines.contains { $0.hasPrefix("+ shop.example/api  ") && $0.hasSuffix("  1,100 requests") })
            #expect(lines.contains { $0.hasPrefix("- shop.example/cart  ") && $0.hasSuffix("  5 requests") })
            let json = try await shell.run(
                "diff",
                "--format",
                "json",
                "--traffic",
                "access.log",
                "old.yaml",
                "new.yaml"
            )
            let object = try #require(try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
            let traffic = try #require(object["traffic"] as? [String: Any])
            #expect(traffic["elsewhere"] as? Int == 1_105 && traffic["requests"] as? Int == 1_112)
            for format in ["markdown", "github"] {
                let text = try await shell.run(
                    "diff",
                    "--format",
                    format,
                    "--traffic",
                    "access.log",
                    "old.yaml",
                    "new.yaml"
                ).text
                #expect(text.contains("1,105 of 1,112 requests go elsewhere"))
            }
            let missing = try await shell.run("diff", "--traffic", "none.log", "old.yaml", "new.yaml")
            #expect(missing.status == 2)
        }
    }

    @Test func `a log that names the host is read for it, and a request of two hosts is not guessed`() async throws {
        let map = """
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: nginx, namespace: ingress}
            data:
              log-format-upstream: '$host $scheme $request_method $request_uri $status'

            """
        let two =
            ingress() + "---\n"
            + ingress("web2", host: "b.example").replacing("name: web2, port", with: "name: web, port")
        let after = ingress() + "---\n" + ingress("web2", host: "b.example")
        let log = "shop.example http GET / 200\nb.example http GET /a 200\nB.example https GET /b 200\n"
        let plain = Self.line("GET /", "shop-web-80")
        let files = [
            "old.yaml": two + map, "new.yaml": after + map, "access.log": log, "plain.log": plain,
            "old-plain.yaml": two, "new-plain.yaml": after,
        ]
        try await CommandLine.use(files) { shell in
            let named = try await shell.run(
                "diff",
                "--configmap",
                "ingress/nginx",
                "--traffic",
                "access.log",
                "old.yaml",
                "new.yaml"
            )
            #expect(named.text.contains("\naccess.log: 2 of 3 requests go elsewhere\n"), "\(named.text)\(named.errors)")
            let unnamed = try await shell.run("diff", "--traffic", "plain.log", "old-plain.yaml", "new-plain.yaml")
            #expect(unnamed.text.contains("\nplain.log: 0 of 1 request go elsewhere; of 1 it cannot be known\n"))
            let line = try await shell.run("explain", "--log", plain, "old-plain.yaml")
            #expect(line.text.contains("the log names no host, and it may as well be "))
        }
    }
}
