import NginxControl
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

@testable import Commands

/// What `postern explain` says of a request is what nginx does with it.
@Suite(.timeLimit(.minutes(10))) struct ExplanationTests {
    /// For each fixture, so that there are more than 10,000 in all.
    private static let requestCount = 60

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
        let prover = Prover(nginx, renderer: pipeline.renderer)
        let (asked, guarded) = try await NginxSlots.shared.use {
            let half = requests.count / 2
            return (
                try await prover.ask(Array(requests[..<half]), of: result.configuration),
                try await prover.ask(Array(requests[half...]), of: result.configuration, keepingGuards: true)
            )
        }
        #expect(asked.count + guarded.count == requests.count)
        for asked in asked {
            // The shadow blocks nobody, and takes handshakes of every host.
            try compare(asked, Explanation(asked.request, in: table, of: result)) { $0.decision }
        }
        for asked in guarded { try compare(asked, Explanation(asked.request, in: table, of: result)) { $0.given } }
        #expect(asked.contains { $0.agrees == true } && guarded.contains { $0.agrees == true })
    }

    private func compare(
        _ asked: AskedRequest,
        _ explanation: Explanation,
        by decision: (Explanation) -> RoutingDecision
    ) throws {
        #expect(asked.agrees != false, "\(Self.text(of: asked))")
        let explained = decision(explanation)
        switch explained.outcome {
        case .undecided, .passedThrough: return
        case .denied where asked.request.isAdmitted: return
        default: break
        }
        // Who comes through a socket is on no list, and all are where no address can be looked at.
        guard asked.request.isAdmitted || asked.request.client != nil else { return }
        // Whose connection is passed on gets no answer of HTTP.
        guard asked.actual != nil || asked.failure != nil else { return }
        let actual = try #require(asked.actual, "\(Self.text(of: asked))")
        let required = ProbeOutcome(explained)
        #expect(required.isMet(by: actual), "\(Self.text(of: asked)); explained is \(required)")
        guard let upstream = actual.upstream else { return }
        let route = try #require(explanation.route, "\(Self.text(of: asked)): no location is explained")
        let names = route.location.backends.compactMap {
            $0.shadowName(speaking: route.location.spoken ?? .http)?.value
        }
        #expect(names.contains(upstream), "\(Self.text(of: asked)); the location explained has \(names)")
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
