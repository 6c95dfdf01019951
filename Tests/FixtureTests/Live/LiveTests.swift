import RequestTestSupport
import Commands
import CurlTestSupport
import ProxyConfiguration
import Testing

@Suite(.timeLimit(.minutes(10))) struct LiveTests {
    @Test(arguments: Fixture.all)
    func `the model decides of each request what is expected`(fixture: Fixture) async throws {
        let configuration = try await fixture.translated().configuration
        for expectation in try fixture.requests {
            let decision = configuration.route(Request(expectation.request))
            // Whether a password is the right one, and how many requests there have been, only a real nginx tells.
            guard decision.outcome != .undecided else { continue }
            if case .passedThrough = decision.outcome { continue }
            let outcome = Outcome(decision, in: configuration, answering: expectation.request)
            // Where clients sign in, only a real nginx tells.
            let leadsToSignIn = outcome.status == 302 && outcome.location == nil
            for mismatch in expectation.checks.compactMap(outcome.mismatch) where !leadsToSignIn {
                Issue.record("\(expectation.position): \(expectation.request.line): \(mismatch)")
            }
        }
    }

    @Test(arguments: Fixture.all)
    func `a real nginx does with each request what is expected, and at every edge what the model says`(
        fixture: Fixture
    ) async throws {
        try await LiveFixture.run(fixture) { live in
            let expectations = try fixture.requests
            for expectation in expectations {
                for mismatch in try await expectation.mismatches(with: live.client) { Issue.record("\(mismatch)") }
            }
            let probes = try LiveProbes.of(live.configuration, samples: expectations.map(\.request))
            for (probe, response) in zip(probes, try await live.client.send(probes)) {
                let decision = live.configuration.route(Request(probe))
                let expected = Outcome(decision, in: live.configuration)
                let actual = Outcome(response)
                #expect(actual == expected, "\(probe.line) (\(decision.path.map { "\($0)" } ?? "no path"))")
            }
        }
    }
}

extension CurlRequest {
    /// As requests.yaml has it.
    fileprivate var line: String { "\(method) \(scheme)://\(authority)\(target)" }
}
