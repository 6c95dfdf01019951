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

    /// The lines without the space that aligns them, and without those of nginx.conf.
    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map {
            String($0).replacing(#/ {2,}/#, with: "  ").replacing(#/ {2}nginx.conf:[0-9-]+$/#, with: "")
        }
    }

    @Test func `the server, the location, those that lost and the answer stand in lines of their own`() async throws {
        let text = try await explain("--client-ip", "10.1.2.3", "http://shop.example/cart/items?q=1")
        #expect(
            lines(text) == [
                "GET http://shop.example/cart/items?q=1",
                "server  shop.example is the request's host",
                "location  Prefix /cart  Ingress shop/cart  all.yaml:15",
                "not  Prefix /: it matches, but a longer prefix comes first  Ingress shop/web  all.yaml:31",
                "not  Exact /cart/open: does not match  Ingress shop/cart  all.yaml:18",
                "backend  cart:80",
                "allow list  10.0.0.0/8  annotation whitelist-source-range  all.yaml:7",
                "proxy_read_timeout  7s  annotation proxy-read-timeout  all.yaml:8",
                "endpoints  cart:80 at 192.0.2.1:80",
                "answer  shop/cart:80",
            ]
        )
    }

    @Test func `the client's address decides where a list says so`() async throws {
        let text = try await explain("shop.example/cart/open")
        #expect(lines(text).contains("location  Exact /cart/open  Ingress shop/cart  all.yaml:18"))
        let answers = ["answer  403", "  for a client that the guards let pass: shop/open:80"]
        #expect(lines(text).suffix(2) == answers)
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

    @Test func `a real nginx is asked as well, with headers, by HTTPS and for a head alone`() async throws {
        for arguments in [
            ["http://shop.example/cart/a?b=c"], ["--method", "HEAD", "https://secure.example/a"],
            ["--method", "HEAD", "http://shop.example/cart"], ["http://secure.example/a"], ["http://other.example/"],
            ["--method", "TRACE", "http://shop.example/"], ["http://shop.example/%zz"],
            ["--header", "Content-Length: 7", "--header", "X-Forwarded-Proto: https", "http://secure.example/a"],
        ] {
            try await CommandLine.use(["all.yaml": Self.manifests]) { shell in
                let outcome = try await shell.run(["explain", "--prove"] + arguments + ["all.yaml"])
                #expect(outcome.status == 0, "\(arguments)")
                #expect(lines(outcome.text).contains { $0.hasPrefix("proof  nginx 1.") && $0.contains(" agrees") })
            }
        }
        let refused = try await explain("--prove", "http://shop.example/cart/a?b=c")
        #expect(lines(refused).last?.hasSuffix(" agrees: answered with 403") ?? false)
        let text = try await explain("--prove", "--client-ip", "10.1.2.3", "http://shop.example/cart/a?b=c")
        let proof = try #require(lines(text).last)
        #expect(proof.contains(" agrees: passed to "))
        #expect(proof.hasSuffix("_shop_cart_80 as /cart/a?b=c"))
    }

    @Test func `an nginx that does something else is told, and is a failure`() async throws {
        let wrong = try BuiltInTemplate.replacing(["proxy_pass {{ url }};": "return 403;"], in: "location")
        try await CommandLine.use(["all.yaml": Self.manifests, "templates/location.tmpl": wrong]) { shell in
            let arguments = ["explain", "--prove", "--templates", "templates"]
            let outcome = try await shell.run(arguments + ["http://shop.example/web", "all.yaml"])
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("does not agree: it must be passed to "))
            #expect(outcome.text.contains(", but is answered with 403"))
            let json = try await shell.run(arguments + ["--format", "json", "http://shop.example/web", "all.yaml"])
            #expect(json.text.contains(#""agrees" : false"#))
            let twice = ["proxy_pass {{ url }};": "proxy_pass {{ url }}; proxy_pass {{ url }};"]
            let refused = try BuiltInTemplate.replacing(twice, in: "location")
            try shell.write(refused, to: "templates/location.tmpl")
            let nothing = try await shell.run(arguments + ["http://shop.example/web", "all.yaml"])
            #expect(nothing.status == 2)
        }
    }

    @Test func `what a guard lacks would close the route, and brings nothing else of it`() async throws {
        let annotations = "nginx.ingress.kubernetes.io/auth-type: basic, nginx.ingress.kubernetes.io/auth-secret: users"
        let web = ingress().replacing("  namespace: shop", with: "  namespace: shop\n  annotations: {\(annotations)}")
        try await CommandLine.use(["web.yaml": web]) { shell in
            let text = try await shell.run("explain", "http://shop.example/", "web.yaml").text
            let lines = lines(text)
            #expect(lines.contains("backend  web:80"), "\(text)")
            let password = "password  Secret shop/users  annotation auth-secret, annotation auth-type  "
            #expect(lines.contains { $0.hasPrefix(password) }, "\(text)")
        }
    }

    @Test func `what would have to be there stands beside a 404`() async throws {
        let host = try await explain("http://other.example/a")
        #expect(lines(host).contains("needed  an Ingress of our class with a rule for this host, or a default backend"))
        let method = try await explain("--method", "TRACE", "http://shop.example/")
        #expect(lines(method).contains("by itself  nginx passes on no request of this method"))
        let target = try await explain("http://shop.example/%zz")
        #expect(lines(target).contains("server  none: nginx reads no request of this method, host and path"))
    }

    @Test func `what is no URL, no address or no header is refused`() async throws {
        try await CommandLine.use(["all.yaml": Self.manifests]) { shell in
            for arguments in [
                ["ftp://shop.example/"], ["http:///a"], ["--client-ip", "ten", "shop.example"],
                ["--header", "none", "shop.example"], ["--header", "a: b\r\nc: d", "shop.example"],
                ["--method", "GET /", "shop.example"], ["--nginx", "/usr/sbin/nginx", "shop.example"],
                ["--prove", "--nginx", "/nowhere/nginx", "shop.example"],
            ] {
                let status = try await shell.run(["explain"] + arguments + ["all.yaml"]).status
                #expect(status == 2, "\(arguments)")
            }
        }
    }
}
