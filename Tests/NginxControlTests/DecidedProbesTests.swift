import Curl
import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Testing

@testable import NginxControl

/// The requests that a proof sends, and their possible outcomes.
struct DecidedProbesTests {
    private func upstream(_ name: String) throws -> Backend { .upstream(try #require(Identifier(name))) }

    private func outcome(status: Int = 200, upstream: String? = nil, target: String? = nil) throws -> ProbeOutcome {
        let headers =
            (upstream.map { "X-Postern-Upstream: \($0)\r\n" } ?? "")
            + (target.map { "X-Postern-Target: \($0)\r\n" } ?? "")
        return ProbeOutcome(RawResponse(status: status, bytes: Array("HTTP/1.1 \(status) x\r\n\(headers)\r\n".utf8)))
    }

    @Test func `a request that chance decides may come to each of its backends, and to no other`() throws {
        let decision = RoutingDecision(
            outcome: .proxied(toOneOf: [try upstream("a"), try upstream("b")], target: "/x")
        )
        let expected = ProbeOutcome(decision)
        for (name, target, isMet) in [("a", "/x", true), ("b", "/x", true), ("c", "/x", false), ("b", "/y", false)] {
            #expect(expected.isMet(by: try outcome(upstream: name, target: target)) == isMet, "\(name) \(target)")
        }
        #expect(!expected.isMet(by: try outcome(status: 403)))
        #expect("\(expected)" == "passed to a or b as /x")
    }

    @Test func `a request that one backend must serve may come to no other`() throws {
        let expected = ProbeOutcome(RoutingDecision(outcome: .proxied(to: try upstream("a"), target: "/x")))
        #expect(expected.isMet(by: try outcome(upstream: "a", target: "/x")))
        #expect(!expected.isMet(by: try outcome(upstream: "b", target: "/x")))
    }

    @Test func `how many requests nothing can be said of is told`() throws {
        let report = ProbeReport(
            [],
            of: DecidedProbes([], undecidedCount: 3),
            among: 3,
            .init(
                listeners: [],
                fallbackCertificate: try #require(FilePath("tls/default.pem")),
                servers: []
            )
        )
        let finding = try #require(report.findings(consequence: nil).first)
        #expect(finding.code == "proof-undecided" && finding.severity == .note)
        #expect(finding.message.hasPrefix("3 requests were not sent"))
        #expect(report.findings(consequence: nil).count == 1)
    }
}
