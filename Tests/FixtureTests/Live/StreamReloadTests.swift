import CurlTestSupport
import Foundation
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// Ports of UDP while nginx reloads, and at addresses of their own.
@Suite(.timeLimit(.minutes(10))) struct StreamReloadTests {
    @Test func `datagrams are answered while nginx reloads, but for those under way`() async throws {
        let address = try LoopbackAddress.unique().description
        try await StreamPeers.nameServer(at: address, 5_300) {
            try await StreamTests.run(.udp, 53, to: 5_300, at: address) { live in
                try await TemporaryFolder.use { folder in
                    let end = path(of: folder.appending(path: "end"))
                    async let client = PythonPeers.run("datagram-client.py", live.client.address, "10053", end)
                    let reloads = 20
                    for number in 0..<reloads {
                        try await live.reload { $0.streams?.settings.tries = Number(number + 1) }
                    }
                    try Data().write(to: URL(filePath: end))
                    let counts = try await client
                    let sent = try #require(counts["sent"].flatMap { Int($0) })
                    let lost = try #require(counts["lost"].flatMap { Int($0) })
                    #expect(sent > 2 * reloads)
                    // A worker that ends closes the socket from which an answer would go.
                    #expect(lost <= reloads, "\(lost) of \(sent)")
                }
            }
        }
    }

    @Test func `ports are served at the addresses that they have, of either family, and at no other`() async throws {
        let (backend, port) = (try ClaimedPort.next(), try ClaimedPort.next())
        let number = try #require(PortNumber(Int(port)))
        let addresses: [SocketAddress] = [
            .internet(IPAddress(known: "127.0.0.7"), number), .internet(IPAddress(known: "::1"), number),
        ]
        let target = SocketAddress.internet(IPAddress(known: "127.0.0.1"), try #require(PortNumber(Int(backend))))
        try await StreamPeers.redis(at: backend) {
            try await LiveFixture.run(
                Fixture(name: "tcp-and-udp-services"),
                changing: { live in
                    live.streams?.keep(.tcp, 5_432, target)
                    live.streams?.servers[0].addresses = addresses
                }
            ) { live in
                let redis = try Tool("redis-cli")
                for host in ["127.0.0.7", "::1"] {
                    let outcome = try await redis.run(["-h", host, "-p", "\(port)", "ping"])
                    #expect(outcome.text == "PONG\n", "\(host): \(outcome.text)\(outcome.errors)")
                }
                let other = try await redis.run(["-h", "127.0.0.8", "-p", "\(port)", "ping"])
                #expect(other.text != "PONG\n")
            }
        }
    }

    @Test func `names are resolved by UDP at IPv6`() async throws {
        let (address, port) = (try LoopbackAddress.unique().description, try ClaimedPort.next())
        let number = try #require(PortNumber(Int(port)))
        let target = SocketAddress.internet(try #require(IPAddress(address)), try #require(PortNumber(5_300)))
        try await StreamPeers.nameServer(at: address, 5_300) {
            try await LiveFixture.run(
                Fixture(name: "tcp-and-udp-services"),
                changing: { live in
                    live.streams?.keep(.udp, 53, target)
                    live.streams?.servers[0].addresses = [.internet(IPAddress(known: "::1"), number)]
                }
            ) { live in
                let question = ["@::1", "-p", "\(port)", "+short", "+tries=1", "+time=10", "db.example", "A"]
                let outcome = try await Tool("dig").run(question)
                #expect(outcome.text == "192.0.2.44\n", "\(outcome.text) \(outcome.errors)")
            }
        }
    }
}
