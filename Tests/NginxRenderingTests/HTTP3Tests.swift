import Diagnostics
import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// HTTP/3 as nginx 1.30 has it.
struct HTTP3Tests {
    private func rendered(_ change: (inout Configuration) throws -> Void = { _ in }) throws -> [Directive] {
        var model = try configuration([server("*"), server("shop.example")])
        model.settings.http3 = HTTP3Offer(publicPort: try #require(PortNumber(8443)))
        try change(&model)
        return try renderer(NginxVersion(1, 30, 0)).render(model).directives()
    }

    @Test func `each server listens beside TLS, and one of them shares the port among workers`() throws {
        let servers = try rendered().named("server").map { $0.block ?? [] }
        let listeners = servers.map { $0.named("listen").map { $0.arguments.joined(separator: " ") } }
        #expect(
            listeners == [
                ["80 default_server", "443 default_server ssl", "443 default_server reuseport quic"],
                ["80", "443 ssl", "443 quic"],
            ]
        )
    }

    @Test func `responses by HTTPS tell of it, and none of backends does`() throws {
        let directives = try rendered()
        let map = try #require(directives.named("map").first { $0.arguments == ["$https", "$alternative_service"] })
        #expect(map.block?.map(\.words) == [["default", ""], ["on", #"h3=":8443"; ma=86400"#]])
        #expect(directives.named("add_header").map(\.arguments) == [["Alt-Svc", "$alternative_service", "always"]])
        #expect(directives.named("proxy_hide_header").map(\.arguments) == [["Alt-Svc"]])
    }

    @Test func `a block with headers of its own tells of it too`() throws {
        let own = ResponseHeader(HeaderName(known: "X-Own"), Expression(known: "yes"))
        let directives = try rendered {
            let policy = StrictTransportSecurity(maxAgeInSeconds: 1, includesSubdomains: false, preloads: false)
            $0.servers[1].policy = ServerPolicy(strictTransportSecurity: policy)
            let location = LocationPolicy(responseHeaders: ResponseHeaders(added: [own]))
            $0.servers[1].locations[0].policy = ByReference(location)
        }
        let names = directives.named("server").flatMap { $0.block ?? [] }.named("add_header").map { $0.arguments[0] }
        #expect(names == ["Alt-Svc", "Strict-Transport-Security", "Alt-Svc", "Strict-Transport-Security", "X-Own"])
    }

    @Test func `without it nothing is said of it`() throws {
        let directives = try rendered { $0.settings.http3 = nil }
        #expect(!directives.named("listen").contains { $0.arguments.contains("quic") })
        #expect(directives.named("add_header").isEmpty)
    }
}
