import CurlTestSupport
import EchoBackend
import Foundation
import Incremental
import NginxSyntax
import ProxyConfiguration
import Synchronization
import TestSupport
import Testing

/// What comes of copies of requests, which no client is told.
@Suite(.timeLimit(.minutes(10))) struct MirrorTests {
    private static let fixture = Fixture(name: "mirror")

    /// The requests that backends have got.
    private final class Record: Sendable {
        private let requests = Mutex<[EchoedRequest]>([])

        func add(_ request: EchoedRequest) { requests.withLock { $0.append(request) } }

        func copy(of path: String) -> EchoedRequest? {
            requests.withLock { $0.first { $0.backend == "shop/shadow:80" && $0.uri.contains(path) } }
        }
    }

    @Test func `the receiver gets what was sent, as it is told to be, and nothing that was refused`() async throws {
        let record = Record()
        try await LiveFixture.run(Self.fixture, noting: record.add) { live in
            for path in ["plain", "path", "guarded"] {
                var request = try #require(CurlRequest("POST http://app.example/\(path)?a=b"))
                request.headers.append(("X-Sent", "yes"))
                request.body = "text"
                let status = try await live.client.send(request).status
                #expect(status == (path == "guarded" ? 403 : 200))
            }
            try await eventually("two copies") { record.copy(of: "plain") != nil && record.copy(of: "path") != nil }
            let plain = try #require(record.copy(of: "plain"))
            #expect(plain.method == "POST")
            #expect(plain.uri == "/plain?a=b")
            #expect(plain.header("Host") == "shadow.shop.svc.cluster.local")
            #expect(plain.header("X-Sent") == "yes")
            #expect(plain.header("Content-Length") == "4")
            let other = try #require(record.copy(of: "path"))
            #expect(other.uri == "/copies/path?a=b")
            #expect(other.header("Host") == "shadow.example")
            #expect(other.header("Content-Length") == nil)
            #expect(record.copy(of: "guarded") == nil)
        }
    }

    @Test func `a receiver that never answers keeps nobody waiting`() async throws {
        let listener = try SilentListener()
        defer { listener.close() }
        try await LiveFixture.run(
            Self.fixture,
            changing: { configuration in
                let host = try #require(IPAddress("127.0.0.1"))
                let receiver = SocketAddress.internet(host, try #require(PortNumber(listener.port)))
                for index in configuration.servers.indices {
                    configuration.servers[index].locations = configuration.servers[index].locations.map { location in
                        var location = location
                        location.policy.mirror?.receiver = .address(receiver)
                        return location
                    }
                }
            },
            body: { live in
                let start = ContinuousClock.now
                for path in ["plain", "path", "plain"] {
                    let status = try await live.client.send("POST http://app.example/\(path)").status
                    #expect(status == 200)
                }
                #expect(ContinuousClock.now - start < .seconds(4))
            }
        )
    }
}

/// Takes connections, and never answers.
private struct SilentListener {
    private let descriptor: Int32
    let port: Int

    init() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: inet_addr("127.0.0.1"))
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    func close() { Glibc.close(descriptor) }
}
