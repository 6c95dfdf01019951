import Foundation
import TestSupport
import Testing

/// What `postern diff` says of routes, before it shows the configuration.
struct RouteDiffTests {
    private static let password = """
            nginx.ingress.kubernetes.io/auth-type: basic
            nginx.ingress.kubernetes.io/auth-secret: users

        """

    private static let secret = """
        apiVersion: v1
        kind: Secret
        metadata: {name: users, namespace: shop}
        stringData: {auth: "ada:$apr1$abcdefgh$Vt2sJYQpV3yZgqkzN1vXr1"}

        """

    private static func manifest(
        _ annotations: String = "",
        name: String = "web",
        namespace: String = "shop",
        host: String = "shop.example",
        path: String = "/cart",
        service: String = "cart"
    ) -> String {
        """
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: \(name)
          namespace: \(namespace)
          annotations:
            example.com/owner: nobody
        \(annotations)spec:
          ingressClassName: nginx
          rules:
          - host: \(host)
            http:
              paths:
              - path: \(path)
                pathType: Prefix
                backend: {service: {name: \(service), port: {number: 80}}}

        """
    }

    private func diff(_ old: [String], _ new: [String], _ options: String...) async throws -> Tool.Outcome {
        let files = [
            "old.yaml": (old + [Self.secret]).joined(separator: "---\n"),
            "new.yaml": (new + [Self.secret]).joined(separator: "---\n"),
        ]
        return try await CommandLine.use(files) { shell in
            try await shell.run(["diff"] + options + ["old.yaml", "new.yaml"])
        }
    }

    /// The lines before the unified diff.
    private func report(_ old: [String], _ new: [String]) async throws -> [String] {
        let text = try await diff(old, new).text
        return (text.components(separatedBy: "\n--- ").first ?? "").split(separator: "\n").map(String.init)
    }

    @Test func `another backend is one line, with its Ingress, its place and a request`() async throws {
        let report = try await report([Self.manifest()], [Self.manifest(service: "cart-v2")])
        #expect(
            report == [
                "1 route changes; 0 same",
                "~ shop.example/cart  Prefix  cart:80 -> cart-v2:80  Ingress shop/web  new.yaml:14",
                "    curl -i 'http://shop.example/cart'    before: shop/cart:80    after: shop/cart-v2:80",
            ]
        )
    }

    @Test func `a route that loses its password is a danger`() async throws {
        let (old, new) = ([Self.manifest(Self.password)], [Self.manifest()])
        let report = try await report(old, new)
        #expect(report.first == "1 route changes, 1 loses authentication; 0 same")
        #expect(report.dropFirst().first?.hasPrefix("! shop.example/cart  Prefix  loses authentication  ") ?? false)
        #expect(report.contains("    password: Secret shop/users -> none"))
        #expect(report.last?.hasSuffix("before: 401    after: shop/cart:80") ?? false)
        let danger = try await diff(old, new, "--exit-code", "danger").status
        #expect(danger == 1)
        let safe = try await diff(new, old, "--exit-code", "danger").status
        #expect(safe == 0)
        let never = try await diff(old, new, "--exit-code", "never").status
        #expect(never == 0)
    }

    @Test func `a new route below one with a password takes requests past it`() async throws {
        let guarded = Self.manifest(Self.password, path: "/")
        let open = Self.manifest(name: "open", path: "/admin", service: "admin")
        let report = try await report([guarded], [guarded, open])
        #expect(report.first == "1 route appears, 1 loses authentication; 1 same")
        #expect(report.dropFirst().first?.hasPrefix("! shop.example/admin  Prefix  loses authentication") ?? false)
    }

    @Test func `a host that another namespace takes over is a danger`() async throws {
        let report = try await report([Self.manifest()], [Self.manifest(namespace: "other")])
        #expect(report.first == "1 route changes, 1 is taken over; 0 same")
        #expect(report.joined().contains("is taken over from namespace shop by namespace other"))
    }

    @Test func `a route for hosts that nobody names is a danger, as is a list of addresses that goes`() async throws {
        let any = Self.manifest(name: "any", host: "'*'").replacing("  - host: '*'\n    http:", with: "  - http:")
        let listed = Self.manifest("    nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8\n")
        let report = try await report([listed], [Self.manifest(), any])
        #expect(report.first == "1 route changes, 1 appears, 1 loses its list of addresses; 0 same")
        #expect(report.joined().contains("serves hosts that nobody names"))
        #expect(report.contains("    allow list: 10.0.0.0/8 -> none (annotation whitelist-source-range)"))
    }

    @Test func `routes that change alike are told once`() async throws {
        let old = (1...20).map { Self.manifest(name: "web-\($0)", host: "h\($0).example") }
        let new = (1...20).map { number in
            Self.manifest(
                "    nginx.ingress.kubernetes.io/proxy-read-timeout: '7'\n",
                name: "web-\(number)",
                host: "h\(number).example"
            )
        }
        let report = try await report(old, new)
        #expect(report.first == "20 routes change; 0 same")
        #expect(
            report.dropFirst() == [
                "~ 20 routes (h1.example/cart, h10.example/cart, h11.example/cart, …)",
                "    proxy_read_timeout: 1m -> 7s (annotation proxy-read-timeout)",
            ]
        )
    }

    @Test func `only findings of the change are told`() async throws {
        let annotation = "    nginx.ingress.kubernetes.io/no-such-thing: 'x'\n"
        let known = Self.manifest(annotation, name: "known", host: "known.example")
        let outcome = try await diff([known, Self.manifest()], [known, Self.manifest(annotation, service: "b")])
        #expect(outcome.text.components(separatedBy: "[annotation-unknown]").count == 2)
        #expect(outcome.text.contains("\nnew findings:\nnew.yaml:"))
    }

    @Test func `JSON names its version, routes and dangers`() async throws {
        let outcome = try await diff([Self.manifest(Self.password)], [Self.manifest()], "--format", "json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(outcome.text.utf8)) as? [String: Any])
        #expect(json["version"] as? Int == 1)
        let route = try #require((json["routes"] as? [[String: Any]])?.first)
        #expect(route["route"] as? String == "shop.example/cart")
        #expect(route["dangers"] as? [String] == ["loses authentication"])
        #expect(route["line"] as? Int == 14)
    }

    @Test func `Markdown has room in a comment and takes text of manifests for text`() async throws {
        let new = (1...400).map { Self.manifest(name: "web-\($0)", host: "h\($0).example", service: "s\($0)") }
        let outcome = try await diff([Self.manifest()], new, "--format", "markdown")
        #expect(outcome.text.utf8.count < 65_536)
        #expect(outcome.text.hasPrefix("**Postern:** 400 routes appear, 1 vanishes; 0 same\n"))
        let hostile = Self.manifest(path: "/a|b</code><script>")
        let text = try await diff([Self.manifest()], [hostile], "--format", "markdown").text
        #expect(!(text.components(separatedBy: "<details>").first ?? "").contains("<script>"))
    }

    @Test func `Markdown has room in a comment whatever there is much of`() async throws {
        let many = (0..<400).map {
            Self.manifest(
                "    nginx.ingress.kubernetes.io/rewrit-target: /\n",
                name: "web-\($0)",
                host: "h\($0).example",
                service: "web-\($0)"
            )
        }
        let long = (0..<100).map {
            Self.manifest(name: "web-\($0)", path: "/\(String(repeating: "_", count: 900))\($0)", service: "web-\($0)")
        }
        for (new, rest) in [(many, "350 more rows are left out."), (long, " more rows are left out.")] {
            for (old, new) in [([], new), (new, [])] {
                let text = try await diff(old, new, "--format", "markdown").text
                #expect(text.count <= 65_536 && text.contains(rest), "\(text.count) characters")
                #expect(text.contains("<details><summary>nginx.conf and its files</summary>"))
                #expect(text.count { $0 == "|" } > 50)
            }
        }
        let found = try await diff([], many, "--format", "markdown").text
        #expect(found.contains("<details><summary>400 new findings</summary>") && found.contains(" more lines)"))
    }

    @Test func `the name of another route in a danger is text in Markdown`() async throws {
        let thief = Self.manifest(
            "    nginx.ingress.kubernetes.io/use-regex: \"true\"\n",
            name: "thief",
            path: "/cart|@team|<b>|_a_.*"
        ).replacing("Prefix", with: "ImplementationSpecific")
        let text = try await diff([Self.manifest()], [Self.manifest(), thief], "--format", "markdown").text
        let table = text.components(separatedBy: "<details>")[0]
        #expect(table.contains("**loses requests to shop.example/cart&#124;&#64;team&#124;&lt;b&gt;"), "\(table)")
        #expect(!table.contains("@team") && !table.contains("<b>"))
    }

    @Test func `GitHub shows dangers at their lines`() async throws {
        let outcome = try await diff([Self.manifest(Self.password)], [Self.manifest()], "--format", "github")
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.first == "::notice title=Postern::1 route changes, 1 loses authentication; 0 same")
        #expect(lines.contains { $0.hasPrefix("::error title=danger,file=new.yaml,line=14,col=") })
    }

    @Test func `GitHub shows a route that has gone at what there is of its Ingress`() async throws {
        let paths =
            "      - path: /b\n        pathType: Prefix\n        backend: {service: {name: b, port: {number: 80}}}\n"
        let both = "# A line more.\n" + Self.manifest() + paths
        let less = try await diff([both], [Self.manifest()], "--format", "github").text
        #expect(less.contains("::notice title=route vanishes,file=new.yaml,line=1,col=1::shop.example/b vanishes"))
        let gone = try await diff([both], [Self.manifest(name: "other", host: "a.example")], "--format", "github").text
        #expect(gone.contains("::notice title=route vanishes::shop.example/b vanishes"), "\(gone)")
    }

    @Test func `commits of a repository are compared with each other and with the files as they are`() async throws {
        try await CommandLine.use(["deploy/web.yaml": Self.manifest(), "deploy/notes.txt": "none"]) { shell in
            try await shell.git("init", "--quiet", "--initial-branch=main")
            try await shell.commit("one")
            try shell.write(Self.manifest(service: "cart-v2"), to: "deploy/web.yaml")
            try await shell.commit("two")
            let range = try await shell.run("diff", "--git", "HEAD~1..HEAD", "deploy")
            #expect(range.status == 1)
            #expect(range.text.contains("cart:80 -> cart-v2:80  Ingress shop/web  deploy/web.yaml:14"))
            #expect(range.text.contains("--- HEAD~1:deploy/nginx.conf"))
            let clean = try await shell.run("diff", "--git", "HEAD", "deploy")
            #expect(clean.status == 0)
            try shell.write(Self.manifest(service: "cart-v3"), to: "deploy/web.yaml")
            let dirty = try await shell.run("diff", "--git", "HEAD", "deploy/web.yaml")
            #expect(dirty.text.contains("cart-v2:80 -> cart-v3:80"))
            try shell.write(Self.manifest(), to: "more/deep/new.yaml")
            try await shell.commit("three")
            let first = try await shell.run("diff", "--git", "HEAD~1..HEAD", "more")
            #expect(first.text.hasPrefix("1 route appears; 0 same\n\n+ shop.example/cart  Prefix  cart:80  "))
            #expect(first.text.contains("more/deep/new.yaml:14"))
            let back = try await shell.run("diff", "--git", "HEAD..HEAD~1", "more/deep/")
            #expect(back.text.hasPrefix("1 route vanishes; 0 same"))
            let unknown = try await shell.run("diff", "--git", "nothing..HEAD", "deploy")
            #expect(unknown.status == 2)
            let option = try await shell.run("diff", "--git=--output=x..HEAD", "deploy")
            #expect(option.status == 2)
        }
    }
}
