import Controller
import Diagnostics
import NginxControl
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10))) struct RefusalProofTests {
    @Test func `nothing is wrong with what nginx takes`() async throws {
        let proof = try await Site(manifests: Site.good(3)).prove()
        #expect(proof.findings.isEmpty)
        #expect(proof.exclusions.isEmpty)
        #expect(proof.requestCount > 100)
    }

    @Test func `a certificate that only OpenSSL refuses is named, and its host is proven without it`() async throws {
        let secret = try await TestSecret.weak(for: "weak.example")
        let tls = "  tls: [{hosts: [weak.example], secretName: weak}]"
        let proof = try await Site(manifests: Site.good(50) + [Site.ingress("weak", more: tls), secret]).prove()
        let finding = try #require(proof.refused.first)
        #expect(finding.object?.description == "Secret shop/weak")
        #expect(finding.position?.file == "site.yaml")
        #expect(finding.message.contains("Ingress shop/weak: the default certificate serves"))
        #expect(finding.message.contains("key too small"))
        #expect(!finding.message.contains("/tmp"))
        #expect(proof.exclusions.leftOut.map(\.description) == ["Secret shop/weak"])
        #expect(proof.refused.count == 1 && proof.failed.isEmpty)
        #expect(proof.requestCount > 51 * 10)
    }

    @Test func `all Ingresses that nginx refuses by line are named in one go, and the others are proven`() async throws
    {
        let manifests = [Poison.rewrite("bad-a")] + Site.good(50) + [Poison.rewrite("bad-b")]
        let proof = try await Site(manifests: manifests, templates: Poison.rewriteLocations()).prove()
        let names = proof.refused.compactMap(\.object?.description)
        #expect(names.sorted() == ["Ingress shop/bad-a", "Ingress shop/bad-b"])
        #expect(Set(proof.refused.compactMap(\.position?.line)) == [1, 1 + 51 * 12])
        #expect(proof.refused.allSatisfy { $0.message.hasSuffix("\"proxy_http_version\" directive is duplicate") })
        #expect(proof.exclusions.leftOut.count == 2 && proof.failed.isEmpty)
        #expect(proof.requestCount > 50 * 10)
    }

    @Test(arguments: [0, 17, 50])
    func `an Ingress that nginx refuses without a word on its place is found by halving`(place: Int) async throws {
        var manifests = Site.good(50)
        manifests.insert(Poison.appRoot("bad"), at: place)
        let proof = try await Site(manifests: manifests, templates: Poison.appRootServers()).prove()
        #expect(proof.refused.compactMap(\.object?.description) == ["Ingress shop/bad"])
        #expect(proof.refused.allSatisfy { $0.message.contains("\"nowhere.pem\"") })
        #expect(proof.failed.isEmpty)
        #expect(proof.requestCount > 50 * 10)
    }

    @Test func `what nginx refuses without any Ingress is nobody's fault`() async throws {
        let proof = try await Site(manifests: Site.good(3), templates: Poison.everything()).prove()
        #expect(proof.refused.count == 1)
        #expect(proof.refused.first?.object == nil)
        #expect(proof.requestCount == 0)
    }

    @Test(arguments: [true, false])
    func `beyond a bound all that has changed in a culprit's namespace is set aside, and others are proven`(
        isTraced: Bool
    ) async throws {
        let bad = ["a", "b", "c", "d"].map(isTraced ? Poison.rewrite : Poison.appRoot)
        let others = Site.good(3).map { $0.replacing("namespace: shop", with: "namespace: other") }
        let templates = try isTraced ? Poison.rewriteLocations() : Poison.appRootServers()
        var site = Site(manifests: bad + [Site.ingress("beside")] + others, templates: templates)
        site.bounds.culprits = 2
        let proof = try await site.prove()
        #expect(proof.refused.count == 3)
        let held = proof.findings.filter { $0.code == "held-back" }.compactMap(\.object?.description)
        #expect(held.count == 2 && held.contains("Ingress shop/beside"))
        #expect(proof.exclusions.companions.count == 2)
        #expect(proof.exclusions.objects.allSatisfy { $0.namespace == "shop" })
        #expect(proof.requestCount > 3 * 10)
    }
}

extension Proof {
    var refused: [Diagnostic] { findings.filter { $0.code == "nginx-refused" } }
    var failed: [Diagnostic] { findings.filter { $0.code == "proof-failed" } }
}
