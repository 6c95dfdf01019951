import Controller
import ControllerTestSupport
import Diagnostics
import Foundation
import IngressTranslation
import NginxControl
import NginxSyntax
import ProxyConfiguration
import Testing

/// A tenant with many Ingresses that nginx refuses holds back nobody but himself.
@Suite(.timeLimit(.minutes(10)))
struct ManyCulpritsTests {
    @Test(arguments: RefusedIngress.allCases)
    func `without any time to look for culprits what served before serves on, and nothing else`(
        kind: RefusedIngress
    ) async throws {
        let bounds = ProofBounds(search: .zero, attempts: 0)
        let change = try await ProvenChange(bounds: bounds, templates: RefusedIngress.templates())
        let well = Tenant.innocent.ingress("well")
        let proof = try await change.prove(from: [well], to: [well, kind.ingress("bad")])
        let hosts = try #require(proof.translation).configuration.servers.map(\.host.text)
        #expect(hosts.contains("well.example") && !hosts.contains("bad.example"))
        #expect(proof.exclusions.objects.map(\.description) == ["Ingress hostile/bad"])
    }

    @Test(arguments: RefusedIngress.allCases.prefix(Attack.count(1, whole: 3)))
    func `others' changes go live though a tenant sends forty, and his own once he mends them`(
        kind: RefusedIngress
    ) async throws {
        try await ControllerSite.use { site in
            let options = try RefusedIngress.options(in: site)
            try site.write(Tenant.innocent.ingress("well"), to: "well.yaml")
            try site.write(Tenant.hostile.ingress("own"), to: "own.yaml")
            _ = try await site.run(options) { postern in
                try await site.awaitAnswer("302 /v1", of: "well.example")
                try await site.awaitAnswer("302 /v1", of: "own.example")
                let answers = try await site.asking("well.example") {
                    // In one file, so that they are one change.
                    let bad = (0..<40).map { kind.ingress("bad-\($0)") }.joined()
                    try site.write(bad + Tenant.hostile.ingress("own", to: "/v2"), to: "own.yaml")
                    try site.write(Tenant.innocent.ingress("well", to: "/v2"), to: "well.yaml")
                    try await site.awaitAnswer("302 /v2", of: "well.example")
                    // What the tenant has beside them waits with them: it is not known to be sound. Of those whose
                    // requests go astray no more are found than there is time to ask for.
                    if kind != .misrouted {
                        let own = try await site.ask("own.example")
                        #expect(own == "302 /v1", "\(postern.log)")
                        try await postern.awaitLog("[held-back]")
                    }
                    try site.write(Tenant.innocent.ingress("well", to: "/v3"), to: "well.yaml")
                    try await site.awaitAnswer("302 /v3", of: "well.example")
                }
                #expect(answers.keys.allSatisfy { $0.hasPrefix("302 /v") }, "\(answers)")
                try site.write(Tenant.hostile.ingress("own", to: "/v2"), to: "own.yaml")
                try await site.awaitAnswer("302 /v2", of: "own.example")
            }
        }
    }
}
