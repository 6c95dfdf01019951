import CurlTestSupport
import Foundation
import Incremental
import NginxSyntax
import ProxyConfiguration
import TestSupport
import Testing

/// Ports that a snippet opens, in a real nginx with a real server behind them.
@Suite(.timeLimit(.minutes(10))) struct StreamSnippetLiveTests {
    @Test func `ports of a snippet are served, for the clients that it names`() async throws {
        let backend = try ClaimedPort.next()
        try await StreamPeers.redis(at: backend) {
            try await LiveFixture.run(
                Fixture(name: "snippet-stream"),
                changing: { live in try live.streams?.leadAll(to: backend) }
            ) { live in
                let address = live.client.address
                // 6003 is for others, and at 6001 everybody is served; 6000 is told the address of the client.
                for (port, line, isServed) in [
                    (6_001, "", true), (6_002, "", true), (6_003, "", false), (5_432, "", true), (5_433, "", true),
                    (6_000, "PROXY TCP4 10.1.2.3 192.0.2.1 49152 6000\r\n", true),
                    (6_000, "PROXY TCP4 192.0.2.7 192.0.2.1 49152 6000\r\n", false),
                ] as [(UInt16, String, Bool)] {
                    try await RawConnection.use(to: address, port: port) { connection in
                        try? await connection.write(Array("\(line)PING\r\nQUIT\r\n".utf8))
                        let answer = (try? await connection.readToEnd()) ?? ""
                        #expect(answer.hasPrefix("+PONG") == isServed, "\(port) \(line) \(answer)")
                    }
                }
                // 6001 and 6002 are not logged.
                try await eventually("the log has what it should") {
                    let log = try String(contentsOfFile: live.accessLog + ".stream", encoding: .utf8)
                    return log.split(separator: "\n").count == 5
                }
            }
        }
    }
}

extension StreamServices {
    /// Leads the ports of TCP to a server of this machine, and believes what lines of the PROXY protocol say.
    fileprivate mutating func leadAll(to port: UInt16) throws {
        settings.believedProxies = [try #require(CIDRBlock("127.0.0.0/8"))]
        servers.removeAll { $0.transport == .udp }
        let target = SocketAddress.internet(IPAddress(known: "127.0.0.1"), try #require(PortNumber(Int(port))))
        for index in servers.indices {
            servers[index].target = .servers([target])
            servers[index].sendsProxyLine = false
        }
    }
}
