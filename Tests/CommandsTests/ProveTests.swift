import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct ProveTests {
    @Test func `what nginx does as the manifests say is proven`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("check", "--prove", "web.yaml")
            #expect(outcome.status == 0)
            #expect(outcome.text.hasSuffix("[service-assumed]\n"))
            let pattern = /1 file, 1 Ingress, 1 host: 1 note\nproven: \d+ requests on nginx \d+\.\d+\.\d+\n/
            #expect(outcome.errors.wholeMatch(of: pattern) != nil, "\(outcome.errors)")
        }
    }

    @Test func `a wrong template is found out, at the manifest that it harms`() async throws {
        let file = PackageRoot.url.appending(path: "Templates/location.tmpl")
        let template = try String(contentsOf: file, encoding: .utf8)
        let wrong = template.replacing("proxy_pass http://{{ upstream }};", with: "return 403;")
        try await CommandLine.use(["web.yaml": ingress(), "templates/location.tmpl": wrong]) { shell in
            let outcome = try await shell.run("check", "--prove", "--templates", "templates", "web.yaml")
            #expect(outcome.status == 1)
            #expect(outcome.text.contains("web.yaml:1:1: error: GET http://shop.example/ must be passed to "))
            #expect(outcome.text.contains("but nginx has it answered with 403 (and "))
            let json = try await shell.run(
                "check",
                "--prove",
                "--templates",
                "templates",
                "--format",
                "json",
                "web.yaml"
            )
            #expect(json.status == 1)
            #expect(json.errors.hasPrefix("1 file, 1 Ingress, 1 host: "))
            #expect(json.text.contains(#""code" : "proof-failed""#))
        }
    }

    @Test(arguments: [["--nginx", "/nowhere/nginx"], ["--nginx-version", "1.29.0"], ["--nginx", "/bin/true"]])
    func `without an nginx to prove on the command does not do its work`(options: [String]) async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run(["check", "--prove"] + options + ["web.yaml"])
            #expect(outcome.status == 2)
            #expect(outcome.text.isEmpty)
            #expect(outcome.errors.contains("proven"))
        }
    }

    @Test func `an nginx is named only to prove with`() async throws {
        try await CommandLine.use(["web.yaml": ingress()]) { shell in
            let outcome = try await shell.run("check", "--nginx", "/usr/sbin/nginx", "web.yaml")
            #expect(outcome.status == 2)
        }
    }
}
