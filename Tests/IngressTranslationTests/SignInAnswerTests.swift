import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// URLs to sign in that name what the service has answered.
struct SignInAnswerTests {
    private static let start = "https://sso.example/in?rd=$request_uri&error=$auth_err"
    private static let setting = "auth_request_set $auth_err $upstream_http_x_err;"

    private func result(
        _ url: String,
        _ annotations: [String: String] = [:],
        allowing isAllowed: Bool = true,
        global: [String: String] = [:]
    ) throws -> Translation {
        let own = ["auth-url": "http://10.0.0.9/check", "auth-signin": url]
        return try snippetTranslation(
            ingress(annotations: own.merging(annotations) { $1 }, rule("a.example", path("/a"))),
            allowing: isAllowed,
            global: global
        )
    }

    private func policy(_ result: Translation) throws -> LocationPolicy {
        try #require(result.server("a.example")?.location(for: "/a")).policy.value
    }

    @Test(arguments: ["auth-snippet", "configuration-snippet"])
    func `a variable of the service's answer stands in the URL`(_ snippet: String) throws {
        let result = try result(Self.start, [snippet: Self.setting])
        #expect(result.codes == [])
        let policy = try policy(result)
        let authentication = try #require(policy.authentication)
        let answers = authentication.answers + (policy.script?.value.answers ?? [])
        #expect(answers.map(\.value.value) == ["upstream_http_x_err"])
        let name = try #require(answers.first?.variable.value)
        #expect(authentication.signIn?.description == "https://sso.example/in?rd=$request_uri&error=$\(name)")
        #expect(authentication.answers.isEmpty == (snippet == "configuration-snippet"))
        #expect(result.configuration.flaws == [])
    }

    @Test(arguments: [
        ("https://sso.example/in?url=$request_uri&error=$auth_err", "rd", "&rd=BACK"),
        ("https://sso.example/in?url=$request_uri&error=$auth_err", "url", ""),
        ("https://sso.example/in/$auth_err", "rd", "?rd=BACK"), ("/in?a=$auth_err", "to", "&to=BACK"),
        ("/in?to=$auth_err", "to", ""),
    ])
    func `the parameter that tells where a client came from is added as ever`(
        _ url: String,
        _ parameter: String,
        _ end: String
    ) throws {
        let result = try result(url, ["auth-snippet": Self.setting, "auth-signin-redirect-param": parameter])
        #expect(result.codes == [])
        let authentication = try #require(try policy(result).authentication)
        let name = try #require(authentication.answers.first?.variable.value)
        let host = url.hasPrefix("/") ? "$scheme://$requested_host" : ""
        let expected = host + url.replacing("auth_err", with: name) + end
        #expect(
            authentication.signIn?.description
                == expected.replacing("BACK", with: "$scheme://$requested_host$escaped_request_uri")
        )
    }

    @Test func `the place for all else counts first, as in nginx`() throws {
        let other = "auth_request_set $auth_err $upstream_http_x_other;"
        let result = try result(Self.start, ["auth-snippet": Self.setting, "configuration-snippet": other])
        let policy = try policy(result)
        let name = try #require(policy.script?.value.answers.first?.variable.value)
        #expect(policy.authentication?.signIn?.description.hasSuffix("error=$\(name)") ?? false)
        #expect(policy.authentication?.answers == [])
    }

    @Test(
        arguments: [
            (["auth-snippet": "proxy_set_header X-A b;"], true), ([:], true),
            (["configuration-snippet": "set $auth_err 1;"], true),
            (["auth-snippet": "auth_request_set $other $upstream_http_x_err;"], true),
            (["auth-snippet": "auth_request_set $auth_err $http_x_err;"], true),
        ] as [([String: String], Bool)]
    )
    func `what nothing sets by the answer is told, and clients get 401`(
        _ annotations: [String: String],
        _ isAllowed: Bool
    ) throws {
        let result = try result(Self.start, annotations, allowing: isAllowed)
        #expect(result.diagnostics.contains { $0.code == "annotation-invalid" && $0.message.contains("'$auth_err'") })
        #expect(try policy(result).authentication?.signIn == nil)
    }

    @Test(arguments: [
        "https://$auth_err/in", "https://sso.example$auth_err/in", "https://$auth_err.example",
        "$auth_err://a.example/",
        "https://sso.example/$uri", "https://sso.example/$http_cookie", "https://sso.example/$1",
    ])
    func `the answer chooses no host, and nothing else comes in by its way`(_ url: String) throws {
        let result = try result(url, ["auth-snippet": Self.setting])
        #expect(result.codes.contains("annotation-invalid"))
        #expect(try policy(result).authentication?.signIn == nil)
    }

    @Test func `snippets that are not read set nothing`() throws {
        let result = try result(Self.start, ["configuration-snippet": Self.setting], allowing: false)
        #expect(result.codes.contains("annotation-invalid"))
        #expect(try policy(result).authentication?.signIn == nil)
    }

    @Test func `what the URL does not name is needless in the snippet of the question`() throws {
        let result = try result("https://sso.example/in", ["auth-snippet": Self.setting])
        #expect(result.codes == ["snippet-needless"])
        #expect(try policy(result).authentication?.answers == [])
    }

    @Test func `the service of all has snippets of its own`() throws {
        let global = [
            "global-auth-url": "http://10.0.0.9/check", "global-auth-signin": Self.start,
            "global-auth-snippet": Self.setting,
        ]
        let result = try snippetTranslation(ingress(rule("a.example", path("/a"))), global: global)
        #expect(result.codes == [])
        let authentication = try #require(try policy(result).authentication)
        #expect(authentication.answers.map(\.value.value) == ["upstream_http_x_err"])
        let unset = global.filter { $0.key != "global-auth-snippet" }
        #expect(
            try snippetTranslation(ingress(rule("a.example", path("/a"))), global: unset).codes
                == ["configmap-key-invalid"]
        )
    }
}
