import CurlTestSupport
import NginxSyntax
import ProxyConfiguration
import Testing

/// Backends whose names a name server knows.
@Suite(.timeLimit(.minutes(10))) struct ExternalNameTests {
    @Test func `a name answers in place of errors`() async throws {
        let fixture = Fixture(name: "custom-errors-of-a-name")
        let port = try #require(PortNumber(5_300))
        try await LiveFixture.run(
            fixture,
            beforeBackendsAt: { _ in 9_000 },
            changing: { live in
                guard case .internet(let address, _) = live.listeners[0].address else { return }
                live.resolvers = [.internet(address, port)]
            }
        ) { live in
            let outcomes = try await PythonPeers.run(
                "external-name-peers.py",
                live.client.address,
                "\(LivePorts.http)"
            )
            #expect(
                outcomes == [
                    "/web/known": "200 backend",
                    "/web/gone": "410 page for 410 of /web/gone by web",
                ]
            )
        }
    }
}
