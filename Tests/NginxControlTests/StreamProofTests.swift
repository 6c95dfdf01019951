import Commands
import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Testing

@testable import NginxControl

/// Ports of TCP and UDP, as a shadow nginx proves them.
@Suite(.timeLimit(.minutes(10))) struct StreamProofTests {
    private static func server(_ transport: StreamServer.Transport, _ port: Int, _ service: String) throws
        -> StreamServer
    {
        let number = try #require(PortNumber(port))
        return StreamServer(
            transport,
            port: number,
            addresses: [.port(number)],
            service: try #require(Identifier(service)),
            target: .servers([.internet(IPAddress(known: "192.0.2.7"), number)])
        )
    }

    private static func findings(templates: [String: String] = [:]) async throws -> [String] {
        let (prover, result, _) = try await Site(manifests: Site.good(1), templates: templates).prepare()
        var configuration = result.configuration
        configuration.streams = StreamServices([
            try server(.tcp, 5_432, "tcp_shop_db_5432"), try server(.udp, 53, "udp_infra_dns_53"),
            try server(.udp, 54, "udp_infra_other_53"), try server(.udp, 55, "udp_infra_dns_53"),
        ])
        switch try await prover.attempt(configuration, probing: .changes(since: nil)) {
        case .taken(let report): return report.streamFindings.map(\.message)
        case .refused(let refusal, _): return [refusal.words]
        }
    }

    @Test func `connections and datagrams come to their Services`() async throws {
        #expect(try await Self.findings() == [])
    }

    @Test func `a port that leads elsewhere, or nowhere, is reported`() async throws {
        let findings = try await Self.findings(templates: Poison.oneUpstreamForAllPorts())
        let words = findings.map { $0.split(separator: ": ").last.map(String.init) ?? "" }
        #expect(
            words == [
                "TCP port 5432 must lead to tcp_shop_db_5432, but nginx does not answer there",
                "UDP port 54 must lead to udp_infra_other_53, but nginx has it lead to udp_infra_dns_53",
            ]
        )
    }

    @Test func `a port of UDP that takes connections alone is reported`() async throws {
        let findings = try await Self.findings(templates: Poison.portsWithoutDatagrams())
        #expect(findings.count == 3 && findings.allSatisfy { $0.hasSuffix("but nginx does not answer there") })
    }
}
