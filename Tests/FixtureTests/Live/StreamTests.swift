import CurlTestSupport
import Foundation
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// Ports of TCP and UDP in a real nginx, with real servers behind them.
@Suite(.timeLimit(.minutes(10))) struct StreamTests {
    private static let fixture = Fixture(name: "tcp-and-udp-services")

    /// Runs nginx with one port of the fixture that leads to a port of this machine.
    static func run(
        _ transport: StreamServer.Transport,
        _ port: Int,
        to backend: UInt16,
        at address: String = "127.0.0.1",
        _ body: (LiveFixture) async throws -> Void
    ) async throws {
        let target = SocketAddress.internet(
            try #require(IPAddress(address)),
            try #require(PortNumber(Int(backend)))
        )
        try await LiveFixture.run(
            fixture,
            changing: { live in
                live.process.workerShutdownTimeout = TimeSpan(seconds: 240)
                live.streams?.settings.responses = Number(1)
                live.streams?.keep(transport, port, target)
            },
            body: body
        )
    }

    @Test func `a database's bytes come and go`() async throws {
        let backend = try ClaimedPort.next()
        try await StreamPeers.redis(at: backend) {
            try await Self.run(.tcp, 6379, to: backend) { live in
                // The line that the port requires.
                let line = "PROXY TCP4 192.0.2.7 192.0.2.1 49152 6379\r\n"
                let address = live.client.address
                try await RawConnection.use(to: address, port: 6379) { connection in
                    try await connection.write(Array((line + "PING\r\n").utf8))
                    #expect(try await connection.read(7) == Array("+PONG\r\n".utf8))
                    let text = String(repeating: "0123456789abcdef", count: 1 << 16)
                    let bulk = "$\(text.utf8.count)\r\n\(text)\r\n"
                    try await connection.write(Array("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n\(bulk)".utf8))
                    #expect(try await connection.read(5) == Array("+OK\r\n".utf8))
                    try await connection.write(Array("GET k\r\n".utf8))
                    #expect(try await connection.read(bulk.utf8.count) == Array(bulk.utf8))
                }
                // Whoever does not send it is not served.
                try await RawConnection.use(to: address, port: 6379) { connection in
                    try await connection.write(Array("PING\r\n".utf8))
                    #expect(try await connection.readToEnd() == "")
                }
                try await eventually("the log has the connection") {
                    try live.streamLog.contains("TCP 200") && live.streamLog.contains("tcp-shop-cache-6379")
                }
                #expect(try live.streamLog.contains("192.0.2.7 TCP 200") == false)
                #expect(live.configuration.streams?.settings.believedProxies.isEmpty == false)
            }
        }
    }

    @Test func `a connection lives on over a hundred reloads`() async throws {
        let backend = try ClaimedPort.next()
        try await StreamPeers.redis(at: backend) {
            try await Self.run(.tcp, 5432, to: backend) { live in
                try await RawConnection.use(to: live.client.address, port: 5432) { connection in
                    for number in 0..<100 {
                        try await live.reload { $0.streams?.settings.tries = Number(number + 1) }
                        try await connection.write(Array("ECHO \(number)\r\n".utf8))
                        let answer = "$\("\(number)".utf8.count)\r\n\(number)\r\n"
                        #expect(try await connection.read(answer.utf8.count) == Array(answer.utf8))
                    }
                }
            }
        }
    }

    @Test func `a name server answers by UDP`() async throws {
        let address = try LoopbackAddress.unique().description
        try await StreamPeers.nameServer(at: address, 5_300) {
            try await Self.run(.udp, 53, to: 5_300, at: address) { live in
                let dig = try Tool("dig")
                let place = ["@\(live.client.address)", "-p", "10053", "+short", "+tries=1", "+time=10"]
                for _ in 0..<20 {
                    let outcome = try await dig.run(place + ["db.example", "A"])
                    #expect(outcome.text == "192.0.2.44\n", "\(outcome.text) \(outcome.errors)")
                }
                try await live.reload { $0.streams?.settings.tries = Number(7) }
                let outcome = try await dig.run(place + ["db.example", "A"])
                #expect(outcome.text == "192.0.2.44\n")
                try await eventually("the log has the exchange") {
                    try live.streamLog.contains("UDP 200") && live.streamLog.contains("udp-infra-dns-53")
                }
            }
        }
    }

    @Test(arguments: [true, false])
    func `lines of the PROXY protocol come from HAProxy and go to it`(_ isBelieved: Bool) async throws {
        let (front, behind) = (try ClaimedPort.next(), try ClaimedPort.next())
        let target = SocketAddress.internet(IPAddress(known: "127.0.0.1"), try #require(PortNumber(Int(behind))))
        let believed = try #require(CIDRBlock(isBelieved ? "127.0.0.0/8" : "192.0.2.0/24"))
        try await LiveFixture.run(
            Self.fixture,
            changing: { live in
                live.streams?.keep(.tcp, 6_381, target)
                live.streams?.settings.believedProxies = [believed]
            }
        ) { live in
            try await StreamPeers.haProxy(at: front, to: "\(live.client.address):6381", acceptingAt: behind) {
                try await RawConnection.use(to: "127.0.0.1", port: front) { connection in
                    try await connection.write(Array("GET / HTTP/1.0\r\n\r\n".utf8))
                    let answer = try await connection.readToEnd()
                    // HAProxy asks nginx from an address of its own, which the client does not have.
                    #expect(answer.hasSuffix(isBelieved ? "client 127.0.0.1\n" : "client 127.0.0.9\n"), "\(answer)")
                }
            }
        }
    }

    @Test func `HTTP takes the client's address from HAProxy's lines, and nobody without one`() async throws {
        let front = try ClaimedPort.next()
        try await LiveFixture.run(
            Fixture(name: "use-proxy-protocol"),
            changing: { live in
                for index in live.listeners.indices { live.listeners[index].readsProxyLine = true }
                live.settings.forwarding?.proxies = [try #require(CIDRBlock("127.0.0.0/8"))]
            }
        ) { live in
            let address = live.client.address
            let place = "\(address):\(LivePorts.http)"
            try await StreamPeers.haProxy(at: front, to: place, acceptingAt: try ClaimedPort.next()) {
                let request = "GET / HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n"
                try await RawConnection.use(to: "127.0.0.1", port: front) { connection in
                    try await connection.write(Array(request.utf8))
                    let answer = try await connection.readToEnd().lowercased()
                    #expect(answer.contains("200 ok") && answer.contains("127.0.0.1"), "\(answer)")
                    #expect(!answer.contains("127.0.0.9, ") && !answer.contains("x-real-ip: 127.0.0.9"), "\(answer)")
                }
                try await RawConnection.use(to: address, port: LivePorts.http) { connection in
                    try await connection.write(Array(request.utf8))
                    #expect(try await connection.readToEnd() == "")
                }
            }
        }
    }
}

extension StreamServices {
    /// Leaves one port alone, and leads it to a server.
    mutating func keep(_ transport: StreamServer.Transport, _ port: Int, _ target: SocketAddress) {
        servers.removeAll { $0.transport != transport || Int($0.port.value) != port }
        for index in servers.indices { servers[index].target = .servers([target]) }
    }
}
