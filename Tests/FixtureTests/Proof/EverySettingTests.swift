import Commands
import Controller
import Foundation
import Diagnostics
import NginxControl
import NginxRendering
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// Properties of every row of the table of settings on a real nginx.
@Suite(.timeLimit(.minutes(10))) struct EverySettingTests {
    /// No feature may have its good use set aside by the proof.
    @Test(arguments: EverySetting.features)
    func `200 Ingresses with all settings of a feature are proven, and none is set aside`(
        feature: EverySetting.Feature
    ) async throws {
        let pipeline = try await FixturePipelines.shared.pipeline(for: [])
        let result = pipeline.run([EverySetting.ingresses(200, of: feature)])
        let nginx = try #require(NginxProgram())
        let prover = Prover(nginx, renderer: pipeline.renderer, bounds: ProofBounds(requests: 2_000))
        let proof = try await NginxSlots.shared.use { try await prover.prove(result.candidate(of: pipeline)) }
        #expect(proof.findings.filter { $0.severity != .note }.map(\.text) == [])
        #expect(proof.exclusions.isEmpty)
        #expect(proof.requestCount >= 200)
    }

    @Test func `one nginx takes every setting with every hostile value`() async throws {
        let pipeline = try await FixturePipelines.shared.pipeline(for: [])
        let texts = HostileText.all.filter { $0.utf8.count < 1_000 }
        let result = pipeline.run([EverySetting.ingresses(setting: texts)])
        #expect(result.configuration.servers.count > texts.count)
        try await expectTaken(result.generation)
    }

    @Test func `one nginx takes every key of the global ConfigMap`() async throws {
        let pipeline = try await FixturePipelines.shared.pipeline(for: ["--configmap=ingress/global"])
        let ingresses = EverySetting.ingresses(3, of: try #require(EverySetting.features.first))
        for number in 0..<3 {
            let result = pipeline.run([ingresses, EverySetting.globalConfigMap(number)])
            // What needs a module of others is reported, since nobody knows which nginx it is for.
            let reported = result.diagnostics.filter { $0.code.hasPrefix("configmap-key") }
            #expect(reported.filter { !$0.message.contains("it needs nginx's module") }.map(\.text) == [])
            try await expectTaken(result.generation)
        }
        for number in stride(from: 0, to: HostileText.all.count, by: 7) {
            let texts = HostileText.all.filter { $0.utf8.count < 1_000 }
            let result = pipeline.run([ingresses, EverySetting.globalConfigMap(number, orElse: texts)])
            try await expectTaken(result.generation)
        }
    }

    private func expectTaken(_ generation: Generation) async throws {
        let (isTaken, output) = try await generation.tested()
        #expect(isTaken, "\(output)")
        #expect(!output.contains("[warn]") && !output.contains("[emerg]"), "\(output)")
    }
}
