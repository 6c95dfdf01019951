import CurlTestSupport
import ProxyConfiguration
import TestSupport
import Testing

/// gRPC through nginx, between peers that are not ours: those of the Python package grpcio.
@Suite(.timeLimit(.minutes(10))) struct GRPCTests {
    /// The outcome of each call, as the script prints it.
    private static func outcomes() async throws -> [String: String] {
        let fixture = Fixture(name: "backend-protocol-grpc")
        var outcomes: [String: String] = [:]
        try await LiveFixture.run(fixture, beforeBackendsAt: { $0.policy.transport.speaks == .grpcs ? 9_001 : 9_000 }) {
            live in
            outcomes = try await TemporaryFolder.use { folder in
                let certificate = try await CertificateFiles(named: "stock", for: ["stock.example"], in: folder)
                return try await PythonPeers.run(
                    "grpc-peers.py",
                    in: "grpc-venv",
                    live.client.address,
                    "\(LivePorts.https)",
                    path(of: Fixture.resource("fallback.pem")),
                    path(of: certificate.certificate),
                    path(of: certificate.key)
                )
            }
        }
        return outcomes
    }

    @Test func `calls of every kind come through, with trailers and statuses, and no stream waits for its end`()
        async throws
    {
        let outcomes = try await Self.outcomes()
        #expect(
            outcomes == [
                "unary": "echo:hello",
                "trailer": "yes",
                "status": "FAILED_PRECONDITION: as asked",
                "server streaming": "0 1 2",
                "client streaming": "3 messages of 2000000 bytes",
                "each answer comes before the next question": "0 1 2 3",
                "forwarded": "x-forwarded-proto=https x-real-ip=given",
                "host": "grpc.example",
                "over TLS": "stock:hello",
                "no endpoint": "UNAVAILABLE",
                "no gRPC": "UNIMPLEMENTED",
            ]
        )
    }
}
