import Diagnostics
import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

struct ShadowConfigurationTests {
    private func configuration() throws -> Configuration {
        let name = try #require(Identifier("1a2b_web_80"))
        let external = Backend.name(try #require(HostName("api.example.org")), try #require(PortNumber(8_443)))
        let root = try #require(LocationPath("/"))
        let api = try #require(LocationPath("/api"))
        return Configuration(
            listeners: [Listener(.http, at: .port(try #require(PortNumber(80))))],
            fallbackCertificate: try #require(FilePath("tls/default.pem")),
            upstreams: [Upstream(name: name, servers: Array(repeating: try address("192.0.2.7"), count: 3))],
            servers: [
                VirtualServer(
                    host: .any,
                    locations: [
                        Location(path: .prefix(api), action: .proxy(external)),
                        Location(path: .prefix(root), action: .proxy(.upstream(name))),
                    ]
                )
            ]
        )
    }

    private func address(_ text: String) throws -> SocketAddress {
        .internet(try #require(IPAddress(text)), try #require(PortNumber(8_080)))
    }

    private func place() throws -> ShadowConfiguration.Place {
        func socket(_ name: String) throws -> SocketAddress { .unix(try #require(FilePath("/tmp/s/\(name).sock"))) }
        return ShadowConfiguration.Place(
            process: ProcessSettings(),
            http: try socket("http"),
            https: try socket("https"),
            echo: EchoPlaces(
                http: try socket("echo"),
                https: try socket("echo-https"),
                grpc: try socket("echo-grpc"),
                grpcs: try socket("echo-grpcs")
            )
        )
    }

    @Test func `a shadow listens on sockets only, for the same schemes`() throws {
        let shadow = ShadowConfiguration(of: try configuration(), at: try place()).configuration
        #expect(shadow.listeners == [Listener(.http, at: try place().http)])
    }

    @Test func `every backend is the echo, as many servers as there were`() throws {
        let shadow = ShadowConfiguration(of: try configuration(), at: try place()).configuration
        let echo = try place().echo.http
        #expect(shadow.upstreams.map(\.name.value) == ["1a2b_web_80", "external_api.example.org_8443"])
        #expect(shadow.upstreams.map(\.servers) == [[echo, echo, echo], [echo]])
    }

    @Test func `a rule of access lets probes pass`() throws {
        var configuration = try configuration()
        let everybody = try #require(CIDRBlock("0.0.0.0/0"))
        let blocked = BlockedRequests(networks: [everybody])
        var policy = LocationPolicy(blocked: blocked, access: AccessPolicy(denied: [everybody], allowed: [everybody]))
        policy.admitsByOneGuard = true
        configuration.servers[0].locations[1].policy = ByReference(policy)
        configuration.settings.blocked = blocked
        let shadow = ShadowConfiguration(of: configuration, at: try place()).configuration
        #expect(shadow.servers[0].locations[1].policy.value == LocationPolicy())
        #expect(shadow.settings.blocked == nil)
        #expect(configuration.servers[0].locations[1].policy.access != nil)
    }

    @Test func `a shadow knows from an earlier one what has not changed, and comes to the same`() throws {
        var changed = try configuration()
        changed.servers[0].locations[0].path = changed.servers[0].locations[1].path
        let earlier = ShadowConfiguration(of: try configuration(), at: try place())
        let shadow = ShadowConfiguration(of: changed, at: try place(), after: earlier)
        #expect(shadow == ShadowConfiguration(of: changed, at: try place()))
    }

    @Test func `no text of a shadow names a backend`() throws {
        var diagnostics: [Diagnostic] = []
        let renderer = ConfigurationRenderer(
            for: NginxCapabilities(version: NginxVersion(1, 22, 1)),
            diagnostics: &diagnostics
        )
        let shadow = ShadowConfiguration(of: try configuration(), at: try place())
        let text = try #require(renderer).render(shadow.configuration).configurationText
        #expect(!text.contains("192.0.2.7"))
        #expect(!text.contains("api.example.org:"))
        #expect(text.contains("listen unix:/tmp/s/echo.sock;"))
    }

    @Test func `what is served has no echo, and tells backends nothing of upstreams`() throws {
        var diagnostics: [Diagnostic] = []
        let renderer = ConfigurationRenderer(
            for: NginxCapabilities(version: NginxVersion(1, 22, 1)),
            diagnostics: &diagnostics
        )
        let text = try #require(renderer).render(try configuration()).configurationText
        #expect(!text.contains("X-Postern"))
        #expect(!text.contains("worker_processes 1;"))
    }
}
