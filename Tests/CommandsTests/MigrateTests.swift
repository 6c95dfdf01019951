import Foundation
import TestSupport
import Testing

/// What `postern migrate` says of a team's ingress-nginx.
struct MigrateTests {
    private static let folder = PackageRoot.url.appending(path: "Tests/CommandsTests/Migration")

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    @Test(arguments: ["text", "json", "markdown"])
    func `a team's report is the golden one`(_ format: String) async throws {
        let name = "report.\(format == "text" ? "txt" : format == "json" ? "json" : "md")"
        let outcome = try await CommandLine.use(["team.yaml": Self.text("team.yaml")]) { shell in
            try await shell.run("migrate", "--nginx-version", "1.22.1", "--format", format, "team.yaml")
        }
        #expect(outcome.status == 1)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
            try outcome.text.write(to: Self.folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        #expect(outcome.text == (try Self.text(name)))
    }

    private func run(_ files: [String: String], _ arguments: String...) async throws -> Tool.Outcome {
        try await CommandLine.use(files) { shell in try await shell.run(["migrate"] + arguments + ["."]) }
    }

    private static func annotated(_ annotations: String, path: String = "/") -> String {
        ingress(path: path).replacing(
            "  namespace: shop\n",
            with: "  namespace: shop\n  annotations: {\(annotations)}\n"
        )
    }

    private static let prefix = "nginx.ingress.kubernetes.io"

    @Test func `manifests without a difference are ready`() async throws {
        let outcome = try await run(["web.yaml": Self.annotated("\(Self.prefix)/proxy-body-size: 8m")])
        #expect(outcome.status == 0)
        #expect(outcome.text.hasPrefix("Ready: 1 of 1 Ingress would be served as today\n"))
        #expect(outcome.text.contains("\n  same        proxy-body-size\n"))
        #expect(!outcome.text.contains("Routes that"))
    }

    @Test func `the reason for the exit code can be chosen`() async throws {
        let different = ["web.yaml": Self.annotated("\(Self.prefix)/enable-cors: \"true\"")]
        #expect(try await run(different).status == 0)
        #expect(try await run(different, "--exit-code", "differences").status == 1)
        let missing = ["web.yaml": Self.annotated("\(Self.prefix)/auth-type: digest")]
        #expect(try await run(missing).status == 1)
        #expect(try await run(missing, "--exit-code", "never").status == 0)
        #expect(try await run(["web.yaml": ""]).status == 2)
    }

    @Test func `an annotation that cannot be honoured names its Ingress in the first line, and its routes`()
        async throws
    {
        let outcome = try await run(["web.yaml": Self.annotated("\(Self.prefix)/auth-type: digest", path: "/in")])
        #expect(outcome.status == 1)
        #expect(
            outcome.text.hasPrefix(
                "Not ready: 0 of 1 Ingress would be served as today; 1 needs work: shop/web (auth-type)\n"
            )
        )
        #expect(outcome.text.contains("\n  needs work  shop.example/in  Ingress shop/web  ./web.yaml:"))
    }

    @Test func `a value that asks for nothing is no work, and what ingress-nginx refuses as well is none`() async throws
    {
        let idle = try await run(["web.yaml": Self.annotated("\(Self.prefix)/auth-keepalive-share-vars: \"false\"")])
        #expect(idle.status == 0)
        #expect(idle.text.contains("  no effect   auth-keepalive-share-vars"))
        let refused = try await run(["web.yaml": Self.annotated("\(Self.prefix)/server-snippet: \"gzip off;\"")])
        #expect(refused.status == 0)
        #expect(refused.text.contains("the Ingress is refused, and its paths answer 503, in ingress-nginx as well"))
    }

    @Test func `flags of the controller count where no option does`() async throws {
        let controller = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: edge, namespace: infra}
            spec:
              template:
                spec:
                  containers:
                  - command: [/nginx-ingress-controller, --ingress-class=edge, --controller-class=example.com/edge]
                    args: ["--configmap=$(POD_NAMESPACE)/settings", --annotations-prefix, example.com, --no-such-flag]
            """
        let web = Self.annotated("example.com/proxy-body-size: 8m").replacing(
            "  ingressClassName: nginx\n",
            with: "  ingressClassName: edge\n"
        )
        let more = """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: edge}
            spec: {controller: example.com/edge}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: infra}
            data: {hsts-max-age: "5"}
            """
        let outcome = try await run(["daemon.yaml": controller, "web.yaml": web, "more.yaml": more])
        #expect(
            outcome.text.hasPrefix("Ready: 1 of 1 Ingress would be served as today\nof DaemonSet infra/edge  ./daemon")
        )
        #expect(outcome.text.contains("\n  same        proxy-body-size\n"))
        #expect(outcome.text.contains("\n  same        hsts-max-age\n"))
        #expect(outcome.text.contains("ingress-nginx 1.15 has no flag of this name"))
        #expect(
            outcome.text.contains(
                "  same        --annotations-prefix, --configmap, --controller-class, --ingress-class\n"
            )
        )
    }

    @Test func `the ports of a map are served, but for those that are kept`() async throws {
        func files(_ data: String) -> [String: String] {
            [
                "web.yaml": ingress(),
                "controller.yaml": """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: c, namespace: infra}
                spec: {template: {spec: {containers: [
                  {args: [/nginx-ingress-controller, --tcp-services-configmap=infra/tcp]}]}}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: tcp, namespace: infra}
                data: {\(data)}
                """,
            ]
        }
        #expect(try await run(files("")).status == 0)
        let served = try await run(files("\"53\": \"dns/coredns:53\""))
        #expect(served.status == 0)
        #expect(served.text.contains("  same        TCP 53\n"))
        let reserved = try await run(files("\"53\": \"dns/coredns:53\", \"8181\": \"dns/coredns:53\""))
        #expect(reserved.status == 1)
        #expect(reserved.text.contains("  needs work  TCP 8181  ./controller.yaml:"))
    }

    @Test(arguments: [("", false), ("--enable-ssl-passthrough", true), ("--enable-ssl-passthrough=false", false)])
    func `TLS is passed on where the old controller does`(_ flag: String, _ passes: Bool) async throws {
        let web = Self.annotated("\(Self.prefix)/ssl-passthrough: \"true\"")
        let controller = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: c, namespace: infra}
            spec: {template: {spec: {containers: [{args: [/nginx-ingress-controller, "\(flag)"]}]}}}
            """
        let outcome = try await run(["web.yaml": web, "controller.yaml": controller])
        #expect(outcome.status == 0)
        #expect(outcome.text.contains("ssl-passthrough"))
        #expect(outcome.text.contains("'ssl-passthrough' has no effect") == !passes)
    }

    @Test func `a path with a slash at its end is told where nobody has the one without`() async throws {
        let alone = try await run(["web.yaml": ingress(path: "/docs/")])
        #expect(
            alone.text.contains(
                "curl -i 'http://shop.example/docs'    ingress-nginx: 301 to http://shop.example/docs/    "
                    + "Postern: shop/web:80"
            )
        )
        let exact = ingress("docs", path: "/docs").replacing("Prefix", with: "Exact")
        let both = try await run(["web.yaml": ingress(path: "/docs/"), "docs.yaml": exact])
        #expect(!both.text.contains("Routes that"))
    }

    @Test func `a path for which ingress-nginx refuses the Ingress is told, unless it is told not to`() async throws {
        let web = ingress(path: "/users/~ada")
        let strict = try await run(["web.yaml": web])
        #expect(strict.text.contains("  differs     shop.example/users/~ada  Ingress shop/web  ./web.yaml:"))
        #expect(strict.text.contains("unless 'strict-validate-path-type' is false"))
        let map =
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: a}\ndata: {strict-validate-path-type: 'false'}"
        let lax = try await run(["web.yaml": web, "map.yaml": map], "--configmap", "a/m")
        #expect(!lax.text.contains("Routes that"))
    }

    @Test func `one rewrite is told on the other paths of its host, and nowhere else`() async throws {
        let rewrite = Self.annotated("\(Self.prefix)/rewrite-target: /b", path: "/a")
        let outcome = try await run([
            "a.yaml": rewrite, "b.yaml": ingress("other", path: "/shop"),
            "c.yaml": ingress("away", host: "b.example", path: "/shop"),
        ])
        #expect(
            outcome.text.contains(
                "curl -i 'http://shop.example/shopx'    ingress-nginx: shop/other:80    Postern: 404"
            )
        )
        #expect(!outcome.text.contains("b.example"))
    }

    @Test func `the page for a browser has all that the text has, and takes text of manifests for text`() async throws {
        let hostile = ingress("evil", host: "b.example", path: "'/a|b</code><script>alert(1)</script>/'")
        let files = ["team.yaml": try Self.text("team.yaml"), "evil.yaml": hostile]
        let page = try await run(files, "--format", "html").text
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        for text in [
            "Not ready: 4 of 5 Ingresses would be served as today", "<strong>TCP 9000</strong>",
            "<strong>auth-type</strong>", "<strong>--sync-period</strong>",
            "<strong>docs.example/licence/</strong>",
            "curl -i &#39;http://docs.example/licence&#39;", "<td>301 to http://docs.example/licence/</td>",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.contains("<script>alert"))
        #expect(page.components(separatedBy: "<script>").count == 2)
    }

    @Test func `Markdown takes text of manifests for text`() async throws {
        let hostile = ingress(path: "'/a|b</code><script>/'")
        let outcome = try await run(["web.yaml": hostile], "--format", "markdown")
        #expect(outcome.text.contains("&lt;script&gt;"))
        #expect(!outcome.text.contains("<script>"))
    }
}
