import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The Lua of oauth2-proxy's documentation, the one program that snippets may hold.
struct LaterCookieTests {
    private static let setting = "auth_request_set $name_upstream_1 $upstream_cookie_name_1;"
    private static let code = """
        if ngx.var.name_upstream_1 ~= "" then
          ngx.header["Set-Cookie"] = "name_1=" .. ngx.var.name_upstream_1 .. ngx.var.auth_cookie:match("(; .*)")
        end
        """

    private func result(_ snippet: String, allowing isAllowed: Bool = true) throws -> Translation {
        var web = ingress(annotations: ["configuration-snippet": snippet])
        web.rules = [Ingress.Rule(host: "a.example", paths: [path("/")])]
        return try snippetTranslation(web, allowing: isAllowed)
    }

    private func cookies(_ result: Translation) throws -> [RequestScript.LaterCookie] {
        let locations = result.configuration.servers.flatMap(\.locations)
        return locations.flatMap { $0.policy.value.script?.value.laterCookies ?? [] }
    }

    @Test(arguments: [code, code.replacing("\n", with: " "), code.replacing(" .. ", with: "..")])
    func `it is read whatever its blanks`(_ code: String) throws {
        let result = try result("\(Self.setting)\naccess_by_lua_block {\n\(code)\n}")
        #expect(result.codes == [])
        let names = try cookies(result).map(\.name.value)
        #expect(Set(names) == ["name_1"])
    }

    @Test(arguments: [
        code.replacing("(; .*)", with: "(.*)"), code.replacing("name_1=", with: "name_2="),
        code.replacing("name_1=", with: "name_1; Domain=evil.example; x="), code + "\nngx.exit(200)",
        code.replacing("~= \"\"", with: "== \"\""), "ngx.exec('/other')", "",
        code.replacing("ngx.var.name_upstream_1", with: "ngx.var.x"),
    ])
    func `other code closes the paths`(_ code: String) throws {
        let result = try result("\(Self.setting)\naccess_by_lua_block {\n\(code)\n}")
        #expect(result.codes == ["snippet-refused"])
        #expect(try cookies(result) == [])
    }

    @Test func `its variable has to be set before it`() throws {
        let block = "access_by_lua_block {\n\(Self.code)\n}"
        #expect(try result(block).codes == ["snippet-refused"])
        #expect(try result("\(block)\n\(Self.setting)").codes == ["snippet-refused"])
        let other = "auth_request_set $name_upstream_1 $upstream_http_x_name;"
        #expect(try result("\(other)\n\(block)").codes == ["snippet-refused"])
    }

    @Test func `without permission to read it nothing is closed, for it keeps nobody away`() throws {
        let result = try result("\(Self.setting)\naccess_by_lua_block {\n\(Self.code)\n}", allowing: false)
        #expect(result.diagnostics.filter { $0.severity == .error } == [])
    }

    @Test(arguments: [
        (
            "if ($request_uri ~* \"/mq/(.*)\") { proxy_pass http://mq:15672/$1; }",
            "add a path with a Service to the Ingress"
        ),
        ("rewrite ^ $request_uri;", "backends get paths as clients send them"),
        ("access_by_lua_block { ngx.header['Set-Cookie'] = 'a=b' }", "as oauth2-proxy's documentation has it"),
    ])
    func `what else is found in guides is refused with advice`(_ snippet: String, _ advice: String) throws {
        let hints = try result(snippet).diagnostics.compactMap(\.hint)
        #expect(hints.contains { $0.contains(advice) }, "\(hints)")
    }
}
