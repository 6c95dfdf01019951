import CurlTestSupport
import Controller
import ControllerTestSupport
import Diagnostics
import Foundation
import IngressTranslation
import NginxControl
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// One tenant's certificate stops nobody else's change.
@Suite(.timeLimit(.minutes(10)))
struct PoisonedSecretTests {
    /// Before, between and after those of others, as a wildcard, and for the host that sorts last of all.
    private static let places = ["a.example", "c.example", "e.example", "*.wild.example", "zz.example"]

    @Test(arguments: PoisonedSecret.allCases)
    func `a certificate that no client can use is set aside alone, wherever its host stands`(
        poison: PoisonedSecret
    ) async throws {
        let secret = try await poison.manifest(named: "poison", in: "hostile", for: Self.places)
        let sound = try await TestSecret(for: "b.example").manifest(named: "sound", in: "innocent")
        let change = try await ProvenChange()
        func others(_ target: String) -> [String] {
            [
                Tenant.innocent.ingress("b", to: target, secret: "sound"), sound,
                Tenant.innocent.ingress("d", to: target),
            ]
        }
        for place in Self.places {
            let ingress = Tenant.hostile.ingress("poison", host: place, secret: "poison")
            let proof = try await change.prove(from: others("/v1"), to: others("/v2") + [ingress, secret])
            let found = proof.findings.filter { $0.severity == .error }
            #expect(found.map(\.object?.description) == ["Secret hostile/poison"], "\(place): \(found.map(\.text))")
            #expect(found.map(\.code) == ["handshake-failed"])
            #expect(proof.exclusions.leftOut.map(\.description) == ["Secret hostile/poison"], "\(place)")
            #expect(proof.exclusions.reverted.isEmpty, "\(place)")
            let servers = try #require(proof.translation, "\(place): nothing goes live").configuration.servers
            let certificates = servers.filter { $0.certificate != nil }.map(\.host.text)
            #expect(certificates == ["b.example"], "\(place)")
            #expect(servers.contains { $0.host.text == place }, "\(place) is not served")
            #expect(servers.count { $0.policy.appRoot?.path.description == "/v2" } == 2, "\(place)")
        }
    }

    @Test func `many of them are found at once`() async throws {
        let count = Attack.count(40, whole: 400)
        let secret = try await PoisonedSecret.secp224r1.manifest(named: "poison", in: "hostile", for: ["*.bad.example"])
        let poison = (0..<count).flatMap { number in
            [
                Tenant.hostile.ingress("bad-\(number)", host: "h\(number).bad.example", secret: "poison-\(number)"),
                secret.replacing("name: poison", with: "name: poison-\(number)"),
            ]
        }
        let before = [Tenant.innocent.ingress("zz")]
        let after = [Tenant.innocent.ingress("zz", to: "/v2")] + poison
        let start = ContinuousClock.now
        let proof = try await ProvenChange().prove(from: before, to: after)
        #expect(ContinuousClock.now - start < .seconds(60))
        let servers = try #require(proof.translation).configuration.servers
        #expect(servers.contains { $0.policy.appRoot?.path.description == "/v2" })
        #expect(proof.exclusions.objects.allSatisfy { $0.namespace == "hostile" })
    }

    @Test(arguments: [PoisonedSecret.secp224r1, .manyNames].prefix(Attack.count(1, whole: 2)))
    func `while one stands last others' changes go live, and once it is mended its host has it`(
        poison: PoisonedSecret
    ) async throws {
        let mended = try await TestSecret(for: "zz.example")
        let secret = try await poison.manifest(named: "zz", in: "hostile", for: ["zz.example"])
        let ingress = Tenant.hostile.ingress("zz", secret: "zz")
        try await ControllerSite.use { site in
            try site.write(Tenant.innocent.ingress("well"), to: "well.yaml")
            try site.write(Tenant.hostile.ingress("zz"), to: "hostile.yaml")
            _ = try await site.run { postern in
                try await site.awaitAnswer("302 /v1", of: "well.example")
                try site.write(ingress + secret, to: "hostile.yaml")
                try site.write(Tenant.innocent.ingress("well", to: "/v2"), to: "well.yaml")
                try await site.awaitAnswer("302 /v2", of: "well.example")
                try await postern.awaitLog("Secret 'hostile/zz' is set aside; the default certificate serves")
                let answer = try await site.client.send("GET https://zz.example/")
                #expect(answer.status == 302)
                #expect(answer.certificate?.names("zz.example") == false)
                #expect(try await site.ask("zz.example", "/plain") == "308 /plain")
                try site.write(Tenant.innocent.ingress("well", to: "/v3"), to: "well.yaml")
                try await site.awaitAnswer("302 /v3", of: "well.example")
                try site.write(ingress + mended.manifest(named: "zz", in: "hostile"), to: "hostile.yaml")
                try await eventually("its host shows the mended certificate", within: .seconds(30)) {
                    let answer = try await site.client.send("GET https://zz.example/")
                    return answer.certificate?.sha256 == mended.fingerprint && answer.status == 302
                }
            }
        }
    }
}
