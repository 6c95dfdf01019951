import Diagnostics
import NginxSyntax
import ProxyConfiguration
import Testing

@testable import IngressTranslation
@testable import NginxControl

/// Ports of TCP and UDP that another process has.
struct UnboundPortsTests {
    private static func refusal(_ lines: String...) throws -> NginxRefusal {
        let text = lines.map { "2026/11/23 22:00:00 [emerg] 7#7: \($0)\n" }.joined()
        return try #require(NginxRefusal(standardError: text, folder: "/tmp/s"))
    }

    private static func translation() throws -> Translation {
        func server(_ port: Int, _ address: SocketAddress) throws -> StreamServer {
            let service = try #require(Identifier("tcp_shop_db_\(port)"))
            let number = try #require(PortNumber(port))
            return StreamServer(.tcp, port: number, addresses: [address], service: service, target: .servers([address]))
        }
        var configuration = Configuration(
            listeners: [Listener(.http, at: .port(.http))],
            fallbackCertificate: try #require(FilePath("tls/default.pem")),
            servers: []
        )
        let everywhere = SocketAddress.port(try #require(PortNumber(5_432)))
        let ipv6 = SocketAddress.anyIPv6(try #require(PortNumber(5_433)))
        configuration.streams = StreamServices([try server(5_432, everywhere), try server(5_433, ipv6)])
        return Translation(configuration: configuration, diagnostics: [])
    }

    private static func ports(_ translation: Translation) -> [UInt16]? {
        translation.configuration.streams?.servers.map(\.port.value)
    }

    @Test func `are left out until it is time to try again`() throws {
        var unbound = UnboundPorts()
        let (all, now) = (try Self.translation(), ContinuousClock.now)
        #expect(unbound.applied(to: all) == all)
        let refusal = try Self.refusal("bind() to 0.0.0.0:5432 failed (98: Address already in use)")
        let (first, second) = (
            unbound.note(refusal, of: all.configuration, at: now), unbound.note(refusal, of: all.configuration, at: now)
        )
        #expect(first && !second)
        #expect(Self.ports(unbound.applied(to: all)) == [5_433])
        #expect(unbound.findings(of: all).map(\.code) == ["stream-port-in-use"])
        let forbidden = try Self.refusal("bind() to [::]:5433 failed (13: Permission denied)")
        let third = unbound.note(forbidden, of: all.configuration, at: now)
        #expect(third)
        #expect(unbound.applied(to: all).configuration.streams == nil)
        unbound.review(at: now + .seconds(59))
        #expect(unbound.applied(to: all).configuration.streams == nil)
        unbound.review(at: now + .seconds(61))
        #expect(unbound.applied(to: all) == all && unbound.findings(of: all).isEmpty)
    }

    @Test func `are none of HTTP, and no other refusal`() throws {
        var unbound = UnboundPorts()
        let all = try Self.translation()
        let lines = [
            "bind() to 0.0.0.0:80 failed (98: Address already in use)", "unknown directive \"bind() to 0.0.0.0:5432\"",
        ]
        for line in lines {
            let isNew = unbound.note(try Self.refusal(line), of: all.configuration, at: .now)
            #expect(!isNew)
        }
        #expect(unbound.applied(to: all) == all)
    }

    @Test func `nginx tries for a while to have one that is in use`() throws {
        let taken = "bind() to 0.0.0.0:5432 failed (98: Address already in use)"
        #expect(try Self.refusal(taken).isTrying)
        #expect(try !Self.refusal(taken, "still could not bind()").isTrying)
        #expect(try !Self.refusal("bind() to 0.0.0.0:53 failed (13: Permission denied)").isTrying)
        let two = try Self.refusal(taken, "bind() to [::]:53 failed (98: Address already in use)")
        #expect(two.unbound == ["0.0.0.0:5432", "[::]:53"])
    }
}
