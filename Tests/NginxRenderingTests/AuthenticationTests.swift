import Diagnostics
import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// How a service is asked whether requests may pass.
struct AuthenticationTests {
    private func authentication(_ change: (inout Authentication) throws -> Void = { _ in }) throws -> Authentication {
        var result = Authentication(
            service: .upstream(try #require(Identifier("auth"))),
            usesTLS: false,
            host: try #require(Expression(literal: "auth.example")),
            target: try #require(Expression(literal: "/check"))
        )
        try change(&result)
        return result
    }

    private func location(_ path: String, _ authentication: Authentication) throws -> Location {
        var location = try proxy(prefix(path), to: "web")
        location.policy = ByReference(LocationPolicy(authentication: authentication))
        return location
    }

    private func rendered(
        _ locations: Location...,
        with renderer: ConfigurationRenderer? = nil
    ) throws -> [Directive] {
        let renderer = try renderer ?? NginxRenderingTests.renderer()
        return try renderer.render(configuration([server("*", locations)])).directives()
    }

    /// The names of the questions that locations ask.
    private func asked(_ directives: [Directive]) -> [String] {
        directives.named("auth_request").compactMap(\.arguments.first)
    }

    @Test func `what needs the same answer is asked in one place`() throws {
        let directives = try rendered(location("/a", authentication()), location("/b", authentication()))
        let names = Set(asked(directives))
        #expect(names.count == 1)
        let questions = directives.named("location").filter { names.contains($0.arguments.last ?? "") }
        #expect(questions.map(\.arguments.first) == ["="])
        #expect(questions.first?.block?.first?.words == ["internal"])
    }

    @Test func `whatever may change an answer makes another question`() throws {
        let name = try #require(HeaderName("X-A"))
        let one = try #require(Expression(literal: "1"))
        let variants = try [
            authentication(),
            authentication { $0.service = .unavailable },
            authentication { $0.service = .upstream(try #require(Identifier("other"))) },
            authentication { $0.usesTLS = true },
            authentication { $0.host = try #require(Expression(literal: "other.example")) },
            authentication { $0.target = try #require(Expression(literal: "/other")) },
            authentication { $0.method = Identifier("POST") },
            authentication { $0.requestHeaders = RequestHeaders([RequestHeader(name, one)]) },
            authentication { $0.redirect = one },
            authentication { $0.responseHeaders = [name] },
            authentication { $0.alwaysSetsCookies = true },
            authentication { $0.signIn = one },
            authentication {
                $0.cache = .init(key: one, validity: [.init(statuses: [.ok], time: TimeSpan(seconds: 9 as UInt16))])
            },
            authentication {
                $0.cache = .init(key: one, validity: [.init(statuses: [.ok], time: TimeSpan(seconds: 8 as UInt16))])
            },
        ]
        let names = try variants.flatMap { asked(try rendered(location("/a", $0))) }
        #expect(names.count == variants.count * 2)
        #expect(Set(names).count == variants.count)
    }

    @Test func `answers are kept for each path by itself`() throws {
        let kept = try authentication {
            $0.cache = .init(
                key: Expression(VariableName(known: "cookie_a")),
                validity: [.init(statuses: [.ok], time: TimeSpan(seconds: 9 as UInt16))]
            )
        }
        let directives = try rendered(location("/a", kept), location("/b", kept))
        #expect(Set(asked(directives)).count == 2)
        let keys = directives.named("proxy_cache_key").compactMap(\.arguments.first)
        #expect(Set(keys).count == 2)
        #expect(keys.allSatisfy { $0.hasSuffix(" $host $request_method $auth_key $http_authorization") })
        #expect(directives.named("proxy_cache_path").count == 1)
    }

    @Test func `nginx without the module refuses what it cannot ask about`() throws {
        let output = "nginx version: nginx/1.22.1\nconfigure arguments: --with-http_ssl_module"
        var diagnostics: [Diagnostic] = []
        let capabilities = try #require(NginxCapabilities(versionOutput: output))
        let made = ConfigurationRenderer(for: capabilities, diagnostics: &diagnostics)
        let bare: ConfigurationRenderer = try #require(made)
        #expect(diagnostics == [])
        let directives = try rendered(location("/a", authentication()), with: bare)
        #expect(asked(directives) == [])
        #expect(directives.named("proxy_pass") == [])
        #expect(directives.named("return").map(\.arguments).contains(["503"]))
    }

    @Test func `a location that answers itself asks nobody`() throws {
        var closed = try location("/a", authentication())
        closed.action = .status(.notFound)
        #expect(asked(try rendered(closed)) == [])
    }

    @Test func `a backend gets no header that a client sends in place of the service's`() throws {
        let name = try #require(HeaderName("X-User"))
        let directives = try rendered(location("/a", authentication { $0.responseHeaders = [name] }))
        let location = try #require(
            directives.named("location").first { $0.block?.contains { $0.name == "auth_request" } ?? false }
        )
        let headers = (location.block ?? []).filter { $0.name == "proxy_set_header" }.map(\.arguments)
        #expect(headers.contains(["X-User", "$auth_header0"]))
        // The others are still there, for nginx inherits none where a block has one.
        #expect(headers.contains(["X-Real-IP", "$remote_addr"]))
        let answers = (location.block ?? []).filter { $0.name == "auth_request_set" }.map(\.arguments)
        #expect(answers.contains(["$auth_header0", "$upstream_http_x_user"]))
    }
}
