import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// A block that says something of headers says all that holds for it: nginx drops what it inherits.
struct HeaderTests {
    private func header(_ name: String, _ value: String) throws -> RequestHeader {
        RequestHeader(try #require(HeaderName(name)), try #require(Expression(literal: value)))
    }

    private func response(_ name: String, _ value: String, isAlways: Bool = true) throws -> ResponseHeader {
        let name = try #require(HeaderName(name))
        return ResponseHeader(name, try #require(Expression(literal: value)), isAlways: isAlways)
    }

    /// A host whose `/own` has a policy of its own and whose `/plain` has none.
    private func model(
        _ policy: LocationPolicy,
        hsts: StrictTransportSecurity? = nil,
        _ settings: HTTPSettings = HTTPSettings()
    ) throws -> Configuration {
        var own = try proxy(exact("/own"), to: "u")
        own.policy = ByReference(policy)
        var server = try server("a.example", [own, proxy(exact("/plain"), to: "u")])
        server.policy.strictTransportSecurity = hsts
        var model = try configuration([NginxRenderingTests.server("*"), server])
        model.settings = settings
        return model
    }

    private func location(_ path: String, of model: Configuration) throws -> [Directive] {
        let locations = try renderer().render(model).directives().named("location")
        return try #require(locations.first { $0.arguments == ["=", path] }?.block)
    }

    private func http(_ model: Configuration, _ name: String) throws -> [[String]] {
        let http = try #require(try renderer().render(model).directives().first { $0.name == "http" }?.block)
        return http.filter { $0.name == name }.map(\.arguments)
    }

    @Test func `a request header of a location's own stands beside all others`() throws {
        let policy = LocationPolicy(
            requestHeaders: RequestHeaders([try header("x-real-ip", "none"), try header("X-Tenant", "$a;b")])
        )
        let model = try model(policy)
        let base = try http(model, "proxy_set_header")
        let own = try location("/own", of: model).named("proxy_set_header").map(\.arguments)
        #expect(base.count == 15)
        #expect(
            own == base.map { $0[0] == "X-Real-IP" ? ["x-real-ip", "none"] : $0 } + [["X-Tenant", "${dollar}a;b"]]
        )
        #expect(own.contains(["Proxy", ""]))
        #expect(try location("/plain", of: model).named("proxy_set_header").isEmpty)
        #expect(try renderer().render(model).directives().named("geo").count == 1)
    }

    @Test func `a response header of a location's own leaves the promise of HTTPS where it was`() throws {
        let policy = LocationPolicy(
            responseHeaders: ResponseHeaders(
                hidden: [try #require(HeaderName("Server-Timing"))],
                added: [try response("X-Frame-Options", "DENY"), try response("X-Once", "1", isAlways: false)]
            )
        )
        let model = try model(policy, hsts: StrictTransportSecurity())
        let own = try location("/own", of: model)
        #expect(
            own.named("add_header").map(\.arguments) == [
                ["Strict-Transport-Security", "$hsts_31536000_subdomains", "always"],
                ["X-Frame-Options", "DENY", "always"], ["X-Once", "1"],
            ]
        )
        #expect(
            own.named("proxy_hide_header").map(\.arguments) == [["Strict-Transport-Security"], ["Server-Timing"]]
        )
        #expect(try location("/plain", of: model).named("add_header").isEmpty)
    }

    @Test func `what all servers say is said by one with a promise of HTTPS too`() throws {
        let settings = HTTPSettings(
            requestHeaders: RequestHeaders([try header("X-Proxy", "postern")]),
            responseHeaders: ResponseHeaders(added: [try response("X-Site", "a"), try response("X-Other", "b")])
        )
        let policy = LocationPolicy(responseHeaders: ResponseHeaders(added: [try response("x-site", "own")]))
        let model = try model(policy, hsts: StrictTransportSecurity(), settings)
        #expect(try http(model, "proxy_set_header").last == ["X-Proxy", "postern"])
        #expect(try http(model, "add_header").map { $0[0] } == ["X-Site", "X-Other"])
        let server = try #require(
            try renderer().render(model).directives().named("server").first { server in
                server.block?.contains { $0.words == ["server_name", "a.example"] } ?? false
            }?.block
        )
        let said = server.filter { $0.name == "add_header" }.map { $0.arguments[0] }
        #expect(said == ["X-Site", "X-Other", "Strict-Transport-Security"])
        let own = try location("/own", of: model).named("add_header").map { $0.arguments.prefix(2) }
        #expect(
            own == [
                ["X-Other", "b"], ["Strict-Transport-Security", "$hsts_31536000_subdomains"], ["x-site", "own"],
            ]
        )
    }

    @Test func `a policy that asks for nothing prints nothing`() throws {
        let model = try model(LocationPolicy())
        #expect(try location("/own", of: model).map(\.words) == location("/plain", of: model).map(\.words))
    }
}
