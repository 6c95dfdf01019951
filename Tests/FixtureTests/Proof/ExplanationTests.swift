import NginxControl
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

@testable import Commands

/// What `postern explain` says of a request is what nginx does with it.
@Suite(.timeLimit(.minutes(10))) struct ExplanationTests {
    /// For each fixture, so that there are more than 10,000 in all.
    private static let requestCount = 40

    @Test func `there are ten thousand requests`() {
        #expect(Fixture.all.count * Self.requestCount > 10_000)
    }

    @Test(arguments: Fixture.all)
    func `nginx does with random requests what is explained`(fixture: Fixture) async throws {
        let result = try await fixture.translated()
        let pipeline = try await fixture.livePipeline
        let table = RouteTable(result)
        var random = RandomRequests(
            near: result.configuration,
            seed: UInt64(fixture.name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }.magnitude)
        )
        let requests = (0..<Self.requestCount).map { _ in random.next() }
        let nginx = try #require(NginxProgram())
        let asked = try await NginxSlots.shared.use {
            try await Prover(nginx, renderer: pipeline.renderer).ask(requests, of: result.configuration)
        }
        #expect(asked.count == requests.count)
        var comparedCount = 0
        for asked in asked {
            let request = asked.request
            #expect(asked.agrees != false, "\(Self.text(of: asked))")
            let explanation = Explanation(request, in: table, of: result)
            // The shadow blocks nobody, and takes handshakes of every host.
            switch explanation.decision.outcome {
            case .undecided, .denied: continue
            default: break
            }
            let actual = try #require(asked.actual, "\(Self.text(of: asked))")
            let required = ProbeOutcome(explanation.decision)
            #expect(required.isMet(by: actual), "\(Self.text(of: asked)); explained is \(required)")
            comparedCount += 1
            guard let upstream = actual.upstream else { continue }
            let route = try #require(explanation.route, "\(Self.text(of: asked)): no location is explained")
            let names = route.location.backends.compactMap {
                $0.shadowName(speaking: route.location.spoken ?? .http)?.value
            }
            #expect(names.contains(upstream), "\(Self.text(of: asked)); the location explained has \(names)")
        }
        #expect(comparedCount > 0)
    }

    private static func text(of asked: AskedRequest) -> String {
        let request = asked.request
        let headers = request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let actual = asked.actual.map { "\($0)" } ?? asked.failure ?? "none"
        let expected = asked.expected.map { "\($0)" } ?? "undecided"
        return
            "\(request.method) \(request.scheme)://\(request.host)\(request.target) \(headers): \(expected), and is \(actual)"
    }
}
