import Foundation
import TestSupport
import Testing

/// `postern explain --line`, and the lines that explanations of requests name.
struct LineExplanationTests {
    private static let manifests = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: cart
          namespace: shop
          annotations:
            nginx.ingress.kubernetes.io/limit-rps: "5"
            nginx.ingress.kubernetes.io/proxy-read-timeout: "7"
        spec:
          ingressClassName: nginx
          tls: [{hosts: [shop.example]}]
          rules:
          - host: shop.example
            http:
              paths:
              - path: /cart
                pathType: Prefix
                backend: {service: {name: cart, port: {number: 80}}}
              - path: /a b/"x"
                pathType: Exact
                backend: {service: {name: cart, port: {number: 80}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: wild
          namespace: shop
          annotations: {nginx.ingress.kubernetes.io/use-regex: "true"}
        spec:
          ingressClassName: nginx
          rules:
          - host: "*.shop.example"
            http:
              paths:
              - path: /v[0-9]+
                pathType: ImplementationSpecific
                backend: {service: {name: wild, port: {number: 80}}}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: nginx, namespace: ingress}
        data:
          proxy-read-timeout: "90"
          force-ssl-redirect: "true"

        """

    private static let options = ["--configmap", "ingress/nginx"]

    /// Runs with the manifests, and with the lines that `postern render` prints of them.
    private func use(_ body: (CommandLine, [String]) async throws -> Void) async throws {
        try await CommandLine.use(["all.yaml": Self.manifests]) { shell in
            let rendered = try await shell.run(["render"] + Self.options + ["all.yaml"]).text
            try shell.write(rendered, to: "nginx.conf")
            try await body(shell, rendered.components(separatedBy: "\n"))
        }
    }

    private func explain(_ arguments: [String], in shell: CommandLine) async throws -> [String] {
        let outcome = try await shell.run(["explain"] + Self.options + arguments + ["all.yaml"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.text.split(separator: "\n").map { String($0).replacing(#/ {2,}/#, with: "  ") }
    }

    /// What a step of an explanation points at in nginx.conf.
    private func block(_ name: String, _ steps: [String], _ lines: [String]) throws -> [Substring] {
        let step = try #require(steps.first { $0.hasPrefix(name + "  ") }, "\(steps)")
        let numbers = try #require(step.firstMatch(of: #/ nginx.conf:(\d+)(?:-(\d+))?$/#), "\(step)")
        let first = try #require(Int(numbers.1))
        let last = numbers.2.flatMap { Int($0) } ?? first
        return lines[(first - 1)..<last].map { $0.drop { $0 == " " } }
    }

    @Test func `a step names the lines that say it, from the name of a block to its brace`() async throws {
        try await use { shell, lines in
            let cart = try await explain(["https://shop.example/cart/a"], in: shell)
            let server = try block("server", cart, lines)
            #expect(server.first == "server {" && server.last == "}")
            #expect(server.contains("server_name shop.example;") && server.count { $0 == "server {" } == 1)
            let location = try block("location", cart, lines)
            #expect(location.first == "location /cart/ {" && location.last == "}")
            #expect(location.count { $0.hasPrefix("location") } == 1)
            #expect(try block("proxy_read_timeout", cart, lines) == ["proxy_read_timeout 7s;"])
            #expect(try block("endpoints", cart, lines).contains("server 192.0.2.1:80 max_fails=0;"))
            #expect(try block("limits", cart, lines).allSatisfy { $0.hasPrefix("limit_") })
            let whole = try await explain(["https://shop.example/cart?a=b"], in: shell)
            #expect(try block("location", whole, lines).first == "location = /cart {")
            let odd = try await explain(["https://shop.example/a%20b/%22x%22"], in: shell)
            #expect(try block("location", odd, lines).first?.hasPrefix("location = ") ?? false)
            let wild = try await explain(["http://one.shop.example/v7/x"], in: shell)
            #expect(try block("location", wild, lines).first == "location ~* (*NO_JIT)(*LIMIT_MATCH=16384)^/v[0-9]+ {")
            #expect(try block("server", wild, lines).contains { $0.hasPrefix("server_name ") && $0.contains("[^.]+") })
        }
    }

    @Test func `what an annotation, a key or TLS brings is traced to it`() async throws {
        try await use { shell, lines in
            let steps = try await explain(["https://shop.example/cart/a"], in: shell)
            #expect(steps.contains { $0.hasPrefix("limits  ") && $0.contains("  annotation limit-rps  all.yaml:7  ") })
            #expect(steps.contains { $0.hasPrefix("HSTS  ") && $0.contains("  tls  all.yaml:11  ") })
            let wild = try await explain(["https://one.shop.example/v7"], in: shell)
            let key = "redirect to HTTPS  308  key force-ssl-redirect of ConfigMap ingress/nginx  all.yaml:44"
            #expect(wild.contains { $0.hasPrefix(key) }, "\(wild)")
            let timeout = try #require(lines.firstIndex { $0.hasSuffix("proxy_read_timeout 7s;") }) + 1
            let reasons = try await explain(["--line", "\(timeout)"], in: shell)
            #expect(reasons.first == "nginx.conf:\(timeout): proxy_read_timeout 7s;")
            #expect(reasons.contains { $0.hasPrefix("in  server (shop.example)  Ingress shop/cart  all.yaml:1  ") })
            let because = "because  annotation proxy-read-timeout of Ingress shop/cart  all.yaml:8  "
            #expect(reasons.last == because + "without it the line is gone")
            let shared = try #require(lines.firstIndex { $0.hasSuffix("proxy_read_timeout 90s;") }) + 1
            let global = try await explain(["--line", "\(shared)"], in: shell)
            #expect(
                global.last == "because  key proxy-read-timeout of ConfigMap ingress/nginx  all.yaml:43  "
                    + "without it: proxy_read_timeout 1m"
            )
            let zone = try #require(lines.firstIndex { $0.contains("limit_req_zone ") }) + 1
            let limit = try await explain(["--line", "\(zone)"], in: shell)
            #expect(limit.last?.hasPrefix("because  annotation limit-rps of Ingress shop/cart  all.yaml:7") ?? false)
        }
    }

    @Test func `a block comes from its Ingress, and what is always there from nobody`() async throws {
        try await use { shell, lines in
            let location = try #require(lines.firstIndex { $0.contains("location /cart/ {") }) + 1
            let reasons = try await explain(["--line", "\(location)"], in: shell)
            #expect(reasons.last == "because  Ingress shop/cart  all.yaml:1  without it the line is gone")
            let events = try #require(lines.firstIndex { $0.hasPrefix("events {") }) + 1
            let own = try await explain(["--line", "\(events)"], in: shell)
            #expect(own.last == "because  Postern writes it whatever the manifests say")
            let json = try await shell.run(
                ["explain"] + Self.options + ["--line", "\(location)", "--format", "json", "all.yaml"]
            )
            #expect(json.text.contains(#""text" : "Ingress shop/cart""#))
        }
    }

    @Test func `a line of another file is found by what it says and where`() async throws {
        try await use { shell, lines in
            let other = ["# another head", "#"] + lines
            try shell.write(other.joined(separator: "\n"), to: "served.conf")
            let timeout = try #require(lines.firstIndex { $0.hasSuffix("proxy_read_timeout 7s;") }) + 1
            let reasons = try await explain(["--line", "\(timeout + 2)", "--file", "served.conf"], in: shell)
            #expect(reasons.first == "nginx.conf:\(timeout): proxy_read_timeout 7s;")
            let changed = other.joined(separator: "\n").replacing(
                "proxy_read_timeout 7s",
                with: "proxy_read_timeout 8s"
            )
            try shell.write(changed, to: "served.conf")
            let arguments = ["explain"] + Self.options
            let strange = try await shell.run(
                arguments + ["--line", "\(timeout + 2)", "--file", "served.conf", "all.yaml"]
            )
            #expect(strange.status == 2)
            #expect(strange.errors.contains("the manifests do not bring this line: proxy_read_timeout 8s;"))
            for wrong in [
                ["--line", "0"], ["--line", "99999"], ["--file", "served.conf"], ["--line", "3", "--method", "PUT"],
                ["--line", "3", "--prove"], ["--line", "3", "--file", "none.conf"],
            ] {
                let outcome = try await shell.run(arguments + wrong + ["all.yaml"])
                #expect(outcome.status == 2, "\(wrong)")
            }
        }
    }
}
