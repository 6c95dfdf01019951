import Controller
import Diagnostics
import IngressTranslation
import NginxControl
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// Requests that go wrong, and are nobody's: for a host that no Ingress names.
@Suite(.timeLimit(.minutes(10)))
struct StrayRequestTests {
    private let before = [Tenant.innocent.ingress("a"), Tenant.innocent.ingress("z")]

    @Test func `what goes wrong without any change as well holds nobody's change back`() async throws {
        let name = "server_name {{ name }};"
        let wrong = "\(name)\n    {% if isDefault %}\n    return 418;\n    {% end %}"
        let server = try BuiltInTemplate.replacing([name: wrong], in: "server")
        let proof = try await ProvenChange(templates: ["server": server])
            .prove(from: before, to: [Tenant.innocent.ingress("a", to: "/v2"), before[1]])
        let servers = try #require(proof.translation).configuration.servers
        #expect(servers.contains { $0.policy.appRoot?.path.description == "/v2" })
        #expect(proof.exclusions.isEmpty)
        let reported = try #require(proof.findings.first { $0.severity == .error })
        #expect(reported.object == nil && reported.message.contains("served all the same"), "\(reported.text)")
    }

    @Test(arguments: ["a-bad", "m-bad", "zz-bad"])
    func `who makes it go wrong is found among all that has changed`(name: String) async throws {
        let redirect = "{% if let code = httpsRedirect %}"
        let wrong = try BuiltInTemplate.replacing(
            [redirect: "\(redirect)\n    server_name unknown.invalid;"],
            in: "server"
        )
        let bad = Tenant.hostile.ingress(name, annotations: ["force-ssl-redirect": "true"])
        let others = ["a", "z"].map { Tenant.innocent.ingress($0, to: "/v2") }
        let proof = try await ProvenChange(templates: ["server": wrong]).prove(from: before, to: others + [bad])
        let servers = try #require(proof.translation).configuration.servers
        #expect(servers.count { $0.policy.appRoot?.path.description == "/v2" } == 2)
        #expect(proof.exclusions.objects.map(\.description) == ["Ingress hostile/\(name)"])
    }
}
