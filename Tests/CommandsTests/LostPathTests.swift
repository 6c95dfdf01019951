import TestSupport
import Testing

/// What `postern explain` says of Ingresses whose path the request has as well, and that do not get it.
struct LostPathTests {
    private func lost(_ url: String, _ manifests: [String], settings: String = "") async throws -> [String] {
        let files = ["all.yaml": manifests.joined(separator: "---\n"), ".postern.yaml": settings]
        return try await CommandLine.use(files) { shell in
            let outcome = try await shell.run("explain", url, "all.yaml")
            #expect(outcome.status == 0)
            return outcome.text.split(separator: "\n").filter { $0.hasPrefix("not ") }
                .map { String($0.drop { $0 != " " }.drop { $0 == " " }) }
        }
    }

    @Test func `a path that another Ingress has is named with who has it`() async throws {
        let lost = try await lost("http://shop.example/a", [ingress("first"), ingress("second")])
        #expect(lost.count == 1)
        #expect(lost.first?.hasPrefix("Prefix /: Ingress shop/second already serves this path") ?? false, "\(lost)")
        #expect(lost.first?.hasSuffix("Ingress shop/first  all.yaml:13") ?? false, "\(lost)")
    }

    @Test func `an Ingress of another class is named, where nobody serves the host as well`() async throws {
        let other = ingress("theirs", path: "/cart").replacing("ingressClassName: nginx", with: "ingressClassName: alb")
        for manifests in [[ingress(), other], [ingress(host: "other.example"), other]] {
            let lost = try await lost("http://SHOP.example:80/cart/a?b", manifests)
            let line = try #require(lost.first { $0.hasPrefix("Prefix /cart: ") })
            #expect(line.contains("'alb'") && line.contains("Ingress shop/theirs"))
        }
        #expect(try await lost("http://shop.example/cartx", [ingress(host: "other.example"), other]) == [])
    }

    @Test func `a wildcard loses to the host itself`() async throws {
        let lost = try await lost(
            "http://shop.example/",
            [ingress(), ingress("wild", host: "\"*.example\""), ingress("deep", host: "\"*.shop.example\"")]
        )
        #expect(lost == ["Prefix /: it is for *.example, and shop.example comes first  Ingress shop/wild  all.yaml:29"])
    }

    @Test func `of very many paths those that match come first`() async throws {
        let paths = (0..<40).map {
            "      - {path: /a\($0), pathType: Exact, backend: {service: {name: a, port: {number: 80}}}}"
        }
        let all = ingress(path: "/b").replacing(
            "      paths:\n",
            with: "      paths:\n\(paths.joined(separator: "\n"))\n"
        )
        let lost = try await lost(
            "http://shop.example/b/c",
            [all, ingress("web", path: "/").replacing("name: web\n", with: "name: root\n")]
        )
        #expect(lost.first?.hasPrefix("Prefix /: it matches, but a longer prefix comes first") ?? false, "\(lost)")
        #expect(lost.count == 21 && lost.last == "21 more locations", "\(lost)")
    }

    @Test func `findings about other paths, and what others set for theirs alone, account for nothing`() async throws {
        let guarded = ingress("guarded", path: "/guarded").replacing(
            "  namespace: shop\n",
            with: """
                  namespace: shop
                  annotations:
                    nginx.ingress.kubernetes.io/auth-url: ftp://auth.example
                    nginx.ingress.kubernetes.io/ssl-ciphers: no ciphers

                """
        )
        try await CommandLine.use(["all.yaml": [ingress("web"), guarded].joined(separator: "---\n")]) { shell in
            let web = try await shell.run("explain", "https://shop.example/", "all.yaml").text
            #expect(!web.contains("'auth-url'"), "\(web)")
            #expect(web.contains("'ssl-ciphers'"), "\(web)")
            let own = try await shell.run("explain", "https://shop.example/guarded", "all.yaml").text
            #expect(own.contains("'auth-url'"), "\(own)")
        }
        let other = "      - {path: /b, pathType: Prefix, backend: {service: {name: b, port: {number: 80}}}}\n"
        let both = ingress("alpha", path: "/a").replacing("      paths:\n", with: "      paths:\n\(other)")
        try await CommandLine.use(["all.yaml": [both, ingress("beta", path: "/a")].joined(separator: "---\n")]) {
            shell in
            let lost = try await shell.run("explain", "http://shop.example/a", "all.yaml").text
            #expect(lost.contains("already serves this path"), "\(lost)")
            let served = try await shell.run("explain", "http://shop.example/b", "all.yaml").text
            #expect(served.contains("Ingress shop/alpha") && !served.contains("[path-taken]"), "\(served)")
        }
    }

    @Test func `what serves is not among them`() async throws {
        let canary = ingress("canary").replacing(
            "  namespace: shop\n",
            with: """
                  namespace: shop
                  annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "5"}

                """
        )
        #expect(try await lost("http://shop.example/a", [ingress(), canary]) == [])
    }
}
