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
        let wrong = try BuiltInTemplate.replacing(["proxy_pass {{ url }};": "return 403;"], in: "location")
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

    @Test func `a certificate that no client can use is blamed on its Secret, and on no Ingress`() async throws {
        let secret = try await TestSecret(for: "shop.example", key: "ec:brainpoolP256r1").manifest(named: "curve")
        let tls = "spec:\n  tls: [{hosts: [shop.example], secretName: curve}]\n"
        let site = ingress().replacing("spec:\n", with: tls) + secret
        try await CommandLine.use(["web.yaml": site]) { shell in
            let outcome = try await shell.run("check", "--prove", "web.yaml")
            let errors = outcome.text.split(separator: "\n").filter { $0.contains(": error: ") }
            let beginning = "web.yaml:18:1: error: no TLS connection to https://shop.example comes about: "
            #expect(outcome.status == 1)
            #expect(errors.count == 1 && errors[0].hasPrefix(beginning), "\(outcome.text)")
            #expect(errors.first?.hasSuffix("[handshake-failed]") == true)
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
