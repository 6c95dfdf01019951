import Commands
import Controller
import CurlTestSupport
import Diagnostics
import Foundation
import Incremental
import IngressTranslation
import Manifests
import NginxControl
import ProxyConfiguration
import TestSupport
import Testing

/// Filters of requests by the module, with the OWASP Core Rule Set.
@Suite(.timeLimit(.minutes(10))) struct FirewallLiveTests {
    private static let module = "http_modsecurity_module"
    private static let package = "libnginx-mod-http-modsecurity"

    private static func run(_ resource: String = "firewall.yaml", body: (ModuleSite) async throws -> Void) async throws
    {
        let rules = try #require(CoreRuleSet.installed(), "modsecurity-crs is not installed")
        try await ModuleSite.run(
            resource,
            module: module,
            from: package,
            changing: { $0.coreRules = rules },
            body: body
        )
    }

    /// Requests, each with what filters of its host make of it.
    private static let requests = [
        ("http://core.example/?q=1", 200), ("http://core.example/?q=<script>alert(1)</script>", 403),
        ("http://core.example/?f=../../etc/passwd", 403),
        ("http://detecting.example/?q=<script>alert(1)</script>", 200),
        ("http://own.example/?debug=1", 418), ("http://own.example/?debug=0", 200),
        ("http://own.example/?q=<script>alert(1)</script>", 200), ("http://free.example/?debug=1", 200),
        ("http://free.example/?q=<script>alert(1)</script>", 200),
    ]

    @Test func `requests are refused by the rules of their Ingress, and no others`() async throws {
        try await Self.run { site in
            #expect(site.result.diagnostics.filter { $0.severity != .note }.map(\.text) == [])
            for (url, status) in Self.requests {
                #expect(try await site.send("GET \(url)").status == status, "\(url)")
            }
            let log = try String(contentsOf: site.folder.appending(path: "error.log"), encoding: .utf8)
            #expect(log.contains("ModSecurity: Access denied") && !log.contains("detecting.example"))
            let text = try String(contentsOf: site.folder.appending(path: "nginx.conf"), encoding: .utf8)
            // Not all want the core rules, so that each location has its own.
            #expect(text.components(separatedBy: "Include ").count > 4)
        }
    }

    private static func proof(of resource: String) async throws -> Proof {
        let rules = try #require(CoreRuleSet.installed(), "modsecurity-crs is not installed")
        return try await ModuleSite.proof(
            of: resource,
            module: module,
            from: package,
            changing: { $0.coreRules = rules }
        )
    }

    @Test func `the proof takes filters, and refuses no probe by them`() async throws {
        let proof = try await Self.proof(of: "firewall.yaml")
        #expect(proof.findings.filter { $0.severity != .note }.map(\.text) == [])
        #expect(proof.exclusions.isEmpty)
        #expect(proof.requestCount >= 4)
    }

    @Test func `what the module refuses is traced to its Ingress`() async throws {
        let proof = try await Self.proof(of: "firewall-refused.yaml")
        #expect(proof.exclusions.objects.map(\.description) == ["Ingress shop/bad"])
    }

    /// Whatever of the texts the module itself refuses is set aside, and nothing else.
    @Test func `rules with hostile texts harm no other Ingress`() async throws {
        let texts = HostileText.all.filter { $0.utf8.count < 500 }
        let chosen = stride(from: 0, to: texts.count, by: max(1, texts.count / 24)).map { texts[$0] }
        var objects: [[String: Any]] = [Self.ingress("good", #"SecAction "id:1,phase:1,pass,nolog""#)]
        for (number, text) in chosen.enumerated() {
            let rule = "SecRule ARGS:a \"@contains \(text)\" \"id:1,phase:1,deny,msg:'\(text)'\""
            objects.append(Self.ingress("hostile-\(number)", rule))
        }
        let key: [String: Any] = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "global", "namespace": "ingress"],
            "data": ["annotations-risk-level": "Critical"],
        ]
        let list: [String: Any] = ["apiVersion": "v1", "kind": "List", "items": objects + [key]]
        let data = try JSONSerialization.data(withJSONObject: list)
        let manifests = ManifestFile(name: "hostile.json", text: String(decoding: data, as: UTF8.self))
        let (result, proof) = try await ModuleSite.proof(of: [manifests], module: Self.module, from: Self.package)
        let filtered = result.configuration.servers.filter { server in
            server.locations.contains { $0.policy.value.firewall != nil }
        }
        #expect(filtered.count > 3)
        let names = Set(proof.exclusions.objects.map(\.name))
        #expect(names.allSatisfy { $0.hasPrefix("hostile-") }, "\(proof.findings.map(\.text))")
        #expect(proof.requestCount > 0)
    }

    private static func ingress(_ name: String, _ rules: String) -> [String: Any] {
        let backend: [String: Any] = ["service": ["name": "web", "port": ["number": 80]]]
        let paths: [[String: Any]] = [["path": "/", "pathType": "Prefix", "backend": backend]]
        let prefix = "nginx.ingress.kubernetes.io"
        return [
            "apiVersion": "networking.k8s.io/v1", "kind": "Ingress",
            "metadata": [
                "name": name, "namespace": "shop",
                "annotations": ["\(prefix)/enable-modsecurity": "true", "\(prefix)/modsecurity-snippet": rules],
            ],
            "spec": [
                "ingressClassName": "nginx", "rules": [["host": "\(name).example", "http": ["paths": paths]]],
            ],
        ]
    }

    @Test func `Ingresses that all want the core rules share them`() async throws {
        try await Self.run("firewall-shared.yaml") { site in
            #expect(site.result.diagnostics.filter { $0.severity != .note }.map(\.text) == [])
            let text = try String(contentsOf: site.folder.appending(path: "nginx.conf"), encoding: .utf8)
            #expect(text.components(separatedBy: "rules/*.conf").count == 2)
            let attack = "?q=<script>alert(1)</script>"
            for (url, status) in [
                ("http://a.example/\(attack)", 403), ("http://b.example/\(attack)", 403),
                ("http://b.example/?q=1", 200),
                ("http://plain.example/\(attack)", 200),
            ] {
                #expect(try await site.send("GET \(url)").status == status, "\(url)")
            }
        }
    }
}
