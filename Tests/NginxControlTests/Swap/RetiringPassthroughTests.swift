import NginxSyntax
import ProxyConfiguration
import Testing

@testable import IngressTranslation
@testable import NginxControl

/// Hosts whose TLS is passed on no more.
struct RetiringPassthroughTests {
    private let start = ContinuousClock.now

    private func translation(_ hosts: String...) throws -> Translation {
        let passed = try hosts.map { name in
            PassedHost(
                .name(try #require(HostName(name))),
                service: Identifier(known: "tls_shop_web_443"),
                target: .servers([.internet(IPAddress(known: "10.0.0.1"), try #require(PortNumber(443)))])
            )
        }
        var configuration = Configuration(
            listeners: [],
            fallbackCertificate: try #require(FilePath("tls/default.pem")),
            servers: []
        )
        if !passed.isEmpty {
            var streams = StreamServices([])
            streams.passthrough = TLSPassthrough(passed, at: .usual)
            configuration.streams = streams
            configuration.settings.forwarding = .handedOver(nil)
        }
        return Translation(configuration: configuration, diagnostics: [])
    }

    @Test func `a host stays known behind the sockets for a minute, and the sockets stay`() throws {
        var retiring = RetiringPassthrough()
        let (before, after) = (try translation("a.example", "b.example"), try translation("b.example"))
        retiring.note(from: before.configuration, to: after.configuration, at: start)
        let first = retiring.applied(to: after)
        #expect(first.configuration.streams?.passthrough?.hosts.map(\.host.text) == ["b.example"])
        #expect(first.configuration.streams?.passthrough?.retired.map(\.host.text) == ["a.example"])
        let none = try translation()
        retiring.note(from: first.configuration, to: none.configuration, at: start + .seconds(30))
        let second = retiring.applied(to: none)
        #expect(second.configuration.streams?.passthrough?.takesConnections == false)
        #expect(second.configuration.streams?.passthrough?.retired.count == 2)
        #expect(second.configuration.settings.forwarding?.believesOwnSocket == true)
        retiring.note(from: second.configuration, to: none.configuration, at: start + .seconds(70))
        #expect(
            retiring.applied(to: none).configuration.streams?.passthrough?.retired.map(\.host.text) == ["b.example"]
        )
        retiring.note(from: second.configuration, to: none.configuration, at: start + .seconds(91))
        #expect(retiring.applied(to: none) == none)
    }

    @Test func `a host that is passed on anew is retired no more`() throws {
        var retiring = RetiringPassthrough()
        let (passed, none) = (try translation("a.example"), try translation())
        retiring.note(from: passed.configuration, to: none.configuration, at: start)
        let meanwhile = retiring.applied(to: none)
        retiring.note(from: meanwhile.configuration, to: passed.configuration, at: start + .seconds(1))
        #expect(retiring.applied(to: passed) == passed)
    }

    @Test func `where none was passed on nothing stays`() throws {
        var retiring = RetiringPassthrough()
        let (passed, none) = (try translation("a.example"), try translation())
        retiring.note(from: nil, to: none.configuration, at: start)
        #expect(retiring.applied(to: none) == none)
        retiring.note(from: none.configuration, to: passed.configuration, at: start)
        #expect(retiring.applied(to: passed) == passed)
    }
}
