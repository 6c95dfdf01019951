import Foundation
import TestSupport
import Testing

struct ExplainTests {
    private static let manifests = """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: cart
          namespace: shop
          annotations:
            nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8
            nginx.ingress.kubernetes.io/proxy-read-timeout: "7"
        spec:
          ingressClassName: nginx
          rules:
          - host: shop.example
            http:
              paths:
              - path: /cart
                pathType: Prefix
                backend: {service: {name: cart, port: {number: 80}}}
              - path: /cart/open
                pathType: Exact
                backend: {service: {name: open, port: {number: 80}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: shop}
        spec:
          ingressClassName: nginx
          rules:
          - host: shop.example
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: secure, namespace: shop}
        spec:
          ingressClassName: nginx
          tls: [{hosts: [secure.example]}]
          rules:
          - host: secure.example
            http:
              paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}

        """

    private func explain(_ arguments: String...) async throws -> String {
        try await CommandLine.use(["all.yaml": Self.manifests]) { shell in
            let outcome = try await shell.run(["explain"] + arguments + ["all.yaml"])
            #expect(outcome.status == 0)
            return outcome.text
        }
    }

    /// The lines without the space that aligns them.
    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { String($0).replacing(#/ {2,}/#, with: "  ") }
    }

    @Test func `the server, the location, those that lost and the answer stand in lines of their own`() async throws {
        let text = try await explain("--client-ip", "10.1.2.3", "http://shop.example/cart/items?q=1")
        #expect(
            lines(text) == [
                "GET http://shop.example/cart/items?q=1",
                "server  shop.example is the request's host",
                "location  Prefix /cart  Ingress shop/cart  all.yaml:15",
                "not  Exact /cart/open: does not match  Ingress shop/cart  all.yaml:18",
                "not  Prefix /: it matches, but a longer prefix comes first  Ingress shop/web  all.yaml:31",
                "backend  cart:80",
                "allow list  10.0.0.0/8",
                "proxy_read_timeout  7s",
                "endpoints  cart:80 at 192.0.2.1:80",
                "answer  shop/cart:80",
            ]
        )
    }

    @Test func `the client's address decides where a list says so`() async throws {
        let text = try await explain("shop.example/cart/open")
        #expect(lines(text).contains("location  Exact /cart/open  Ingress shop/cart  all.yaml:18"))
        #expect(lines(text).last == "answer  403")
    }

    @Test func `a redirect, an unknown host and a path without a location are answers`() async throws {
        let redirect = try await explain("http://secure.example/a")
        #expect(redirect.contains("308 to https://secure.example/a"))
        let unknown = try await explain("http://other.example/")
        #expect(unknown.contains("no Ingress names the request's host"))
        #expect(unknown.contains("404"))
        let json = try await explain("--format", "json", "http://shop.example/nowhere")
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["answer"] as? String == "shop/web:80")
    }

    @Test func `what is no URL, no address or no header is refused`() async throws {
        try await CommandLine.use(["all.yaml": Self.manifests]) { shell in
            for arguments in [
                ["ftp://shop.example/"], ["http:///a"], ["--client-ip", "ten", "shop.example"],
                ["--header", "none", "shop.example"],
            ] {
                let status = try await shell.run(["explain"] + arguments + ["all.yaml"]).status
                #expect(status == 2, "\(arguments)")
            }
        }
    }
}
