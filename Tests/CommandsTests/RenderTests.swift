import Foundation
import TestSupport
import Testing

struct RenderTests {
    @Test func `a configuration goes to standard output and notes to standard error`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("render", "web.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.text.contains("server_name shop.example;"))
            #expect(outcome.text.contains("server 192.0.2.1:80"))
            #expect(outcome.errors.hasPrefix("web.yaml:15:35: note: Service 'shop/web' is not in the input"))
        }
    }

    @Test func `standard input, files and folders are read alike`() async throws {
        let files = ["all/b.yml": ingress("b", host: "b.example"), "all/deep/a.yaml": ingress("a", host: "a.example")]
        try await CommandLine.use(files) { shell in
            let folder = try await shell.run("render", "all")
            let named = try await shell.run("render", "all/deep/a.yaml", "all/b.yml")
            let piped = try await shell.run("render", "--verbose", "-", input: files.values.joined(separator: "---\n"))
            #expect(folder.status == 0)
            #expect(folder.text.contains("server_name a.example;") && folder.text.contains("server_name b.example;"))
            #expect(named.text == folder.text)
            #expect(piped.text == folder.text)
            #expect(piped.errors.contains("<stdin>:"))
        }
    }

    @Test func `a folder's other files and hidden ones are passed by`() async throws {
        let files = ["d/web.yaml": ingress(), "d/notes.txt": "{", "d/.hidden.yaml": "{", "d/.git/x.yaml": "{"]
        try await CommandLine.use(files) { shell in
            let status0 = try await shell.run("check", "d").status
            #expect(status0 == 0)
        }
    }

    @Test func `one bad document leaves the others served, and the exit code says so`() async throws {
        let text =
            ingress("good", host: "good.example") + "---\nkind: [\n---\n" + ingress("other", host: "other.example")
        try await CommandLine.use(["all.yaml": text]) { shell in
            let outcome = try await shell.run("render", "all.yaml")
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("good.example") && outcome.text.contains("other.example"))
            #expect(outcome.errors.contains("error:"))
        }
    }

    @Test(arguments: [
        ["render", "missing.yaml"], ["render", "empty"], ["render"], ["render", "--no-such-option", "web.yaml"],
        ["render", "--http-port", "443", "web.yaml"], ["render", "--endpoints-port", "80", "web.yaml"],
        ["render", "--http-port", "0", "web.yaml"], ["render", "--load-balance", "magic", "web.yaml"],
        ["render", "--default-backend-service", "web", "web.yaml"], ["render", "--resolver", "dns", "web.yaml"],
        ["render", "--templates", "empty", "web.yaml"], ["render", "--output", "web.yaml/out", "web.yaml"],
        ["diff", "-", "-"], ["diff", "web.yaml", "missing"], ["check", "missing"], ["no-such-command"],
    ])
    func `what cannot be done exits with 2, says why and prints nothing else`(_ arguments: [String]) async throws {
        try await CommandLine.use(["web.yaml": ingress(), "empty/x.txt": ""]) { shell in
            let outcome = try await Tool(built: "postern").run(arguments, in: URL(filePath: shell.path(".")))
            #expect(outcome.status == 2)
            #expect(outcome.errors.contains("Error: "))
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func `a whole configuration is one that nginx takes, with keys for their owner only`() async throws {
        try await CommandLine.use { shell in
            let fixture = PackageRoot.url.appending(path: "Fixtures/tls-two-hosts/input").path
            let outcome = try await shell.run(
                "render",
                "--output",
                "out",
                "--disable-ipv6",
                "--http-port",
                "18080",
                "--https-port",
                "18443",
                fixture
            )
            #expect(outcome.status == 0)
            #expect(outcome.output.isEmpty)
            #expect(try shell.mode(of: "out/tls") == 0o700)
            #expect(try shell.mode(of: "out/tls/shop.shop-tls.pem") == 0o600)
            #expect(try shell.mode(of: "out/tls/default.pem") == 0o600)
            #expect(try shell.text(of: "out/tls/shop.shop-tls.pem").contains("PRIVATE KEY"))
        }
    }

    @Test func `rendering again to a folder changes none of its files`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            _ = try await shell.run("render", "--output", "out", "web.yaml")
            let first = try shell.text(of: "out/nginx.conf") + shell.text(of: "out/tls/default.pem")
            _ = try await shell.run("render", "--output", "out", "web.yaml")
            #expect(try shell.text(of: "out/nginx.conf") + shell.text(of: "out/tls/default.pem") == first)
        }
    }

    @Test func `no key is printed`() async throws {
        try await CommandLine.use { shell in
            let fixture = PackageRoot.url.appending(path: "Fixtures/tls-two-hosts/input").path
            for command in [["render"], ["check"], ["check", "--format", "json"], ["diff", "/dev/null"]] {
                let outcome = try await Tool(built: "postern").run(command + [fixture])
                #expect(!outcome.text.contains("PRIVATE") && !outcome.errors.contains("PRIVATE"))
            }
        }
    }

    @Test func `observed input is all there is`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("render", "--observed", "--ingress-class-by-name", "web.yaml")
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("return 503;"))
            #expect(outcome.errors.contains("[service-not-found]"))
        }
    }

    @Test func `the nginx version decides the directives`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let old = try await shell.run("render", "--nginx-version", "1.22.1", "web.yaml").text
            let new = try await shell.run("render", "--nginx-version", "1.25.1", "web.yaml").text
            #expect(old.contains("listen 443 ssl http2;") && !old.contains("http2 on;"))
            #expect(new.contains("listen 443 ssl;") && new.contains("http2 on;"))
        }
    }

    @Test func `a folder's templates replace the built-in ones under the same checks`() async throws {
        let upstream = "{% template Upstream %}\nupstream {{ name }} {\n    # ours\n    server unix:/dev/null;\n}\n"
        let files = [
            "web.yaml": ingress(), "good/upstream.tmpl": upstream, "bad/upstream.tmpl": "upstream {{ title }} {",
        ]
        try await CommandLine.use(files) { shell in
            let good = try await shell.run("render", "--templates", "good", "web.yaml")
            #expect(good.status == 0)
            #expect(good.text.contains("    # ours\n"))
            let bad = try await shell.run("render", "--templates", "bad", "web.yaml")
            #expect(bad.status == 2)
            #expect(bad.errors.contains("bad/upstream.tmpl:1:"))
            #expect(bad.output.isEmpty)
        }
    }
}
