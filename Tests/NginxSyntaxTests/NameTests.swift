import Diagnostics
import NginxSyntax
import Testing

@Suite struct NameTests {
    @Test(arguments: ["a", "shop-web_80.svc", "9", "_x", ".a"])
    func `takes an identifier`(_ name: String) {
        #expect(Identifier(name)?.printedForm == name)
    }

    @Test(arguments: ["", "-a", "a b", "a;b", "a$b", "ü", "a/b", "a:b", "a{", "a\n"])
    func `refuses an identifier with syntax in it`(_ name: String) {
        #expect(Identifier(name) == nil)
    }

    @Test(arguments: ["X-Real-IP", "x", "Accept", "X_Y-9"])
    func `takes the name of a header, and its variable`(_ name: String) throws {
        let header = try #require(HeaderName(name))
        #expect(header.printedForm == name)
        #expect(header.requestVariable.value == "http_" + name.lowercased().replacing("-", with: "_"))
        #expect(header.isSame(as: try #require(HeaderName(name.uppercased()))))
    }

    @Test(arguments: ["", "a b", "a:", "a;b", "$a", "ü", "a.b", "a/b", "\"", "a\n", String(repeating: "a", count: 257)])
    func `refuses what nginx takes for no header`(_ name: String) {
        #expect(HeaderName(name) == nil)
    }

    @Test func `takes a host name in lower case`() {
        #expect(HostName("Shop.EXAMPLE.com")?.description == "shop.example.com")
        #expect(HostName("xn--bcher-kva.example")?.value == "xn--bcher-kva.example")
        #expect(HostName(String(repeating: "a", count: 63)) != nil)
    }

    @Test(arguments: [
        "", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "*.a", "a b", "bücher", "a;return 200", "a$b",
        String(repeating: "a", count: 64), String(repeating: "a.", count: 127),
    ])
    func `refuses what is no host name`(_ name: String) {
        #expect(HostName(name) == nil)
    }

    @Test(arguments: ["/etc/nginx/tls/a.pem", "tls/a.pem", "/a b;c", "/a:b", "a"])
    func `takes a path, and prints it as one argument`(_ path: String) throws {
        #expect(try parsedArguments(try #require(FilePath(path))) == [path])
    }

    @Test(arguments: ["", "$host", "/a/$uri", "/a\nb", "syslog:server=a", "data:x", "engine:a:b", "unix:/a", "/a\0"])
    func `refuses a path that nginx would evaluate or take for something else`(_ path: String) {
        #expect(FilePath(path) == nil)
    }

    @Test func `a comment holds the name of an object`() throws {
        let object = try #require(ObjectReference(kind: "Ingress", namespace: "shop", name: "web"))
        #expect(CommentText(object).printedForm == "Ingress shop/web")
        #expect(CommentText.kind == .comment)
    }
}
