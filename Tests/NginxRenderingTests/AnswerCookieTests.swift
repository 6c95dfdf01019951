import Incremental
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// How clients get the cookies of a service that is asked about their requests.
struct AnswerCookieTests {
    private static let cookie = RequestScript.LaterCookie(
        CookieName(known: "name_1"),
        VariableName(known: "own_value"),
        as: VariableName(known: "own_header")
    )

    private func rendered(_ version: NginxVersion, asks: Bool = true) throws -> [Directive] {
        var authentication = Authentication(
            service: .unavailable,
            usesTLS: false,
            host: try #require(Expression(literal: "auth.example")),
            target: try #require(Expression(literal: "/check"))
        )
        authentication.signIn = Expression(literal: "https://auth.example/start")
        var script = RequestScript()
        script.variables = [Self.cookie.value]
        script.laterCookies = [Self.cookie]
        var policy = LocationPolicy(authentication: asks ? authentication : nil)
        policy.script = ByReference(script)
        var location = try proxy(prefix("/"), to: "web")
        location.policy = ByReference(policy)
        return try renderer(version).render(configuration([server("*", [location])])).directives()
    }

    private func cookies(_ directives: [Directive]) -> [String] {
        directives.named("add_header").filter { $0.arguments.first == "Set-Cookie" }.map { $0.arguments[1] }
    }

    private func maps(_ directives: [Directive]) -> [String] {
        directives.named("map").compactMap(\.arguments.last).filter {
            $0.hasPrefix("$auth_cookie") || $0 == "$own_header"
        }
    }

    @Test func `each has a header where nginx knows all of them`() throws {
        let directives = try rendered(NginxVersion(1, 23, 0))
        let all = (0..<4).map { "$auth_cookie\($0)" }
        // The path, and where clients are sent to sign in; on 80 and 443 alike.
        #expect(Set(cookies(directives)) == Set(all))
        #expect(cookies(directives).count == 8)
        #expect(Set(all).isSubset(of: maps(directives)))
        #expect(!maps(directives).contains("$own_header"))
    }

    @Test func `an earlier nginx knows the first, and those that a snippet names`() throws {
        let directives = try rendered(NginxVersion(1, 22, 1))
        #expect(cookies(directives) == ["$auth_cookie", "$own_header", "$auth_cookie"])
        #expect(Set(maps(directives)) == ["$auth_cookie", "$auth_cookie_attributes", "$own_header"])
    }

    @Test(arguments: [NginxVersion(1, 22, 1), NginxVersion(1, 30, 6)])
    func `nobody who is not asked sets any`(_ version: NginxVersion) throws {
        let directives = try rendered(version, asks: false)
        #expect(cookies(directives) == [])
        #expect(maps(directives) == [])
    }
}
