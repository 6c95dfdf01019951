import Foundation
import TestSupport
import Testing

struct DiffTests {
    @Test func `a new host is one hunk for its server, headed by its Ingress`() async throws {
        let old = ["old/web.yaml": ingress("web", host: "web.example")]
        let new = [
            "new/web.yaml": ingress("web", host: "web.example"), "new/api.yaml": ingress("api", host: "api.example"),
        ]
        try await CommandLine.use(old.merging(new) { $1 }) { shell in
            let outcome = try await shell.run("diff", "--format", "unified", "old", "new")
            #expect(outcome.status == 1)
            #expect(outcome.text.hasPrefix("--- old/nginx.conf\n+++ new/nginx.conf\n@@ "))
            let headings = outcome.text.split(separator: "\n").filter { $0.hasPrefix("@@") }
            #expect(
                headings.map { $0.split(separator: " @@ ").last ?? "" } == [
                    "Service shop/api (Ingress shop/api)", "Ingress shop/api",
                ]
            )
            #expect(outcome.text.contains("\n+        server_name api.example;\n"))
            #expect(!outcome.text.contains("\n-"[...] + " "))
        }
    }

    @Test func `moved files, reordered rules and reordered objects are no difference`() async throws {
        let web = ingress("web", host: "web.example")
        let api = ingress("api", host: "api.example", path: "/v1")
        let files = ["old/all.yaml": web + "---\n" + api, "new/sub/z.yaml": web, "new/a.yaml": api]
        try await CommandLine.use(files) { shell in
            let outcome = try await shell.run("diff", "old", "new")
            #expect(outcome.status == 0)
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func `a renewed certificate shows by its fingerprint`() async throws {
        try await CommandLine.use { shell in
            let fixtures = PackageRoot.url.appending(path: "Fixtures")
            let outcome = try await shell.run(
                "diff",
                fixtures.appending(path: "tls-one-host/input").path,
                fixtures.appending(path: "tls-expired/input").path
            )
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("\n-certificate 1: subject CN=shop.example;"))
            #expect(outcome.text.contains("@@ Secret shop/shop-tls"))
            #expect(!outcome.text.contains("BEGIN"))
        }
    }

    @Test func `standard input can be one side`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let status0 = try await shell.run("diff", "-", "web.yaml", input: ingress()).status
            #expect(status0 == 0)
            let status1 = try await shell.run("diff", "web.yaml", "-", input: ingress(host: "other.example")).status
            #expect(status1 == 1)
        }
    }

    @Test func `an added Ingress in an empty input is all new`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("diff", "-", "web.yaml", input: "")
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("+        server_name shop.example;"))
        }
    }
}
