import Commands
import Controller
import Diagnostics
import IngressTranslation
import Manifests
import NginxControl
import ProxyConfiguration
import TestSupport
import Testing

/// Of a large configuration only what has changed is proven, as long as nothing is wrong with it.
struct ProofPartTests {
    private func prove(
        from before: [String],
        to after: [String],
        templates: [String: String] = [:],
        whole: Bool = false,
        _ change: (inout Configuration) -> Void = { _ in }
    ) async throws -> Proof {
        let others = Site.good(300)
        let (prover, result, pipeline) = try await Site(manifests: others + after, templates: templates).prepare()
        let manifests = (others + before).joined(separator: "---\n")
        var served = pipeline.run([ManifestFile(name: "site.yaml", text: manifests)]).configuration
        change(&served)
        return try await prover.prove(result.candidate(of: pipeline), since: served, whole: whole)
    }

    private static func annotated(_ annotations: String) -> String {
        Site.ingress("web").replacing("namespace: shop}", with: "namespace: shop, annotations: {\(annotations)}}")
    }

    @Test func `no nginx reads what has been proven before`() async throws {
        let templates = try Poison.rewriteLocations()
        let (before, after) = ([Poison.rewrite("bad"), Site.ingress("web")], [Poison.rewrite("bad")])
        let changed = after + [Site.ingress("web", path: "/new")]
        let proof = try await prove(from: before, to: changed, templates: templates)
        #expect(proof.isOfPart && proof.findings.isEmpty && proof.exclusions.isEmpty && proof.requestCount > 10)
        let whole = try await prove(from: before, to: changed, templates: templates, whole: true)
        #expect(!whole.isOfPart && whole.findings.map(\.object?.name) == ["bad"])
    }

    @Test func `the requests of a host that has gone are proven`() async throws {
        let proof = try await prove(from: [Site.ingress("web", path: "/old")], to: [])
        #expect(proof.isOfPart && proof.findings.isEmpty && proof.requestCount > 4)
    }

    @Test(arguments: [
        "nginx.ingress.kubernetes.io/auth-url: \"http://guard.shop.svc/check\"",
        "nginx.ingress.kubernetes.io/mirror-target: \"http://copy.shop.svc\"",
        "nginx.ingress.kubernetes.io/custom-http-errors: \"404\", "
            + "nginx.ingress.kubernetes.io/default-backend: pages",
        "nginx.ingress.kubernetes.io/affinity: cookie, nginx.ingress.kubernetes.io/load-balance: ewma",
    ])
    func `whatever a changed host uses is there`(annotations: String) async throws {
        let proof = try await prove(from: [Site.ingress("web")], to: [Self.annotated(annotations)])
        #expect(proof.isOfPart && proof.findings.isEmpty && proof.exclusions.isEmpty, "\(proof.findings)")
    }

    @Test func `a canary is there with the backend that it stands beside`() async throws {
        let canary = Self.annotated(
            "nginx.ingress.kubernetes.io/canary: \"true\", nginx.ingress.kubernetes.io/canary-weight: \"50\""
        ).replacing("name: web, namespace", with: "name: web-canary, namespace")
            .replacing("service: {name: web,", with: "service: {name: next,")
        let proof = try await prove(from: [Site.ingress("web")], to: [Site.ingress("web"), canary])
        #expect(proof.isOfPart && proof.findings.isEmpty && proof.exclusions.isEmpty, "\(proof.findings)")
    }

    @Test func `what nginx refuses of it is found and named as ever`() async throws {
        let templates = try Poison.rewriteLocations()
        let proof = try await prove(from: [Site.ingress("web")], to: [Poison.rewrite("web")], templates: templates)
        #expect(proof.findings.map(\.code) == ["nginx-refused"])
        #expect(proof.exclusions.objects.map(\.name) == ["web"])
    }

    @Test func `what nginx would send elsewhere is found and named as ever`() async throws {
        let templates = try Poison.forgottenRewrites()
        let proof = try await prove(from: [Site.ingress("web")], to: [Poison.rewrite("web")], templates: templates)
        #expect(!proof.isOfPart && proof.findings.map(\.object?.name) == ["web"])
        #expect(proof.findings.map(\.code) == ["proof-failed"])
    }

    @Test func `a setting of all hosts is proven with all of them`() async throws {
        let proof = try await prove(from: [], to: []) { $0.settings.showsVersion.toggle() }
        #expect(!proof.isOfPart && proof.findings.isEmpty)
    }

    @Test func `where many hosts have changed all are proven`() async throws {
        let hosts = (0..<60).map { "host-\($0)" }
        let proof = try await prove(
            from: hosts.map { Site.ingress($0) },
            to: hosts.map { Site.ingress($0, path: "/new") }
        )
        #expect(!proof.isOfPart && proof.findings.isEmpty)
    }
}
