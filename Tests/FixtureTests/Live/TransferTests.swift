import CurlTestSupport
import NginxTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// Bodies that are larger than all of nginx's buffers.
@Suite(.timeLimit(.minutes(10))) struct TransferTests {
    /// What a worker may need for a body beside what it has at rest, in KiB.
    private static let room = 8 << 10

    @Test func `bodies of 96 MiB pass in both directions, buffered in files or not at all, but never in memory`()
        async throws
    {
        let fixture = try #require(Fixture.all.first { $0.name == "transfers" })
        try await LiveFixture.run(fixture, beforeBackendsAt: { _ in 9_000 }) { live in
            let before = try live.nginx.peakMemory
            let outcomes = try await PythonPeers.run(
                "transfer-peers.py",
                live.client.address,
                "\(LivePorts.http)",
                "\(LivePorts.https)"
            )
            #expect(
                outcomes == [
                    "buffered upload": "201, whole, length, once all is there",
                    "buffered upload in chunks": "201, whole, length, once all is there",
                    "buffered download": "200, whole, length, once all is there",
                    "streamed upload": "201, whole, length, as it comes",
                    "streamed upload in chunks": "201, whole, chunked, as it comes",
                    "streamed download": "200, whole, length, as it comes",
                    "streamed upload by HTTP/2": "HTTP/2, 201, whole, chunked, as it comes",
                ]
            )
            let growth = try live.nginx.peakMemory - before
            #expect(growth < Self.room, "\(growth) KiB")
        }
    }

    @Test func `requests share the connections of HTTP/2, and none is lost`() async throws {
        let fixture = try #require(Fixture.all.first { $0.name == "tls-one-host" })
        try await LiveFixture.run(fixture) { live in
            var request = try #require(CurlRequest("GET https://shop.example/a"))
            request.version = .http2
            #expect(try await live.client.send(request).status == 200)
            let outcome = try await Tool("h2load").run([
                "-n", "400", "-c", "4", "-m", "16", "--connect-to", "\(live.client.address):\(LivePorts.https)",
                "https://shop.example:\(LivePorts.https)/",
            ])
            let report = try #require(LoadReport(h2load: outcome.text), "\(outcome.errors)")
            #expect(report.requests == 400 && report.failures == 0, "\(outcome.text)")
        }
    }
}
