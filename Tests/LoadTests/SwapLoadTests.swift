import ControllerTestSupport
import NginxTestSupport
import Testing

/// The effect of swaps on clients.
@Suite(.timeLimit(.minutes(10))) struct SwapLoadTests {
    @Test func `no request on a new connection fails during thirty swaps`() async throws {
        try await ControllerSite.use { site in
            try Shop.write(0..<5, to: site)
            _ = try await site.run { _ in
                try await site.awaitAnswer("302 /0", of: Shop.host(0))
                let generator = LoadGenerator(
                    to: Shop.host(0),
                    at: "127.0.0.1",
                    httpPort: Int(site.httpPort),
                    httpsPort: Int(site.httpsPort),
                    connections: 4
                )
                let report = try await generator.run(.newConnections) {
                    // None is the route that the load asks for.
                    for number in 1...30 { try await Shop.swap(1 + number % 4, appRoot: "/\(number)", on: site) }
                }
                #expect(report.failures == 0)
                #expect(report.requests > 100)
            }
        }
    }
}
