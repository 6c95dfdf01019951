import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// How many idle connections to backends nginx is told to keep.
struct KeptConnectionTests {
    /// The arguments of `keepalive` in the only upstream.
    private func kept(
        by version: NginxVersion,
        speaking transport: BackendTransport = .plain,
        unlessSaidOtherwise count: Int = 32
    ) throws -> [[String]] {
        let action = Location.Action.proxy(.upstream(Identifier(known: "app")), by: transport)
        var model = try configuration([server("*", [Location(path: try prefix("/"), action: action)])])
        model.upstreams[0].policy.transport = transport
        model.settings.keptConnections.count = Number(count)
        let http = try #require(try renderer(version).render(model).directives().named("http").first?.block)
        return try #require(http.named("upstream").first?.block).named("keepalive").map(\.arguments)
    }

    @Test(arguments: [NginxVersion(1, 22, 1), NginxVersion(1, 30, 0)])
    func `as many are kept as the settings say`(version: NginxVersion) throws {
        #expect(try kept(by: version) == [["32"]])
        #expect(try kept(by: version, unlessSaidOtherwise: 5) == [["5"]])
    }

    /// A connection that has spoken plain HTTP takes no handshake.
    @Test func `an nginx that keeps some unasked is told where none are to be kept`() throws {
        for transport in [BackendTransport(.automatic), BackendTransport(.fastCGI)] {
            #expect(try kept(by: NginxVersion(1, 29, 6), speaking: transport) == [])
            #expect(try kept(by: NginxVersion(1, 29, 7), speaking: transport) == [["0"]])
        }
        #expect(try kept(by: NginxVersion(1, 29, 6), unlessSaidOtherwise: 0) == [])
        #expect(try kept(by: NginxVersion(1, 29, 7), unlessSaidOtherwise: 0) == [["0"]])
    }
}
