import CurlTestSupport
import Testing

@Suite struct `A request line` {
    @Test(arguments: [
        ("GET http://shop.example/foo?x=1", "shop.example", nil, "/foo?x=1"),
        ("GET HTTP://SHOP.example", "SHOP.example", nil, "/"),
        ("GET https://a.example:8443?x", "a.example", 8443, "/?x"),
        ("PUT https://[::1]:81//a%2Fb/../c", "[::1]", 81, "//a%2Fb/../c"),
        ("GET http://[::1]/http://x:99/", "[::1]", nil, "/http://x:99/"),
    ])
    func `is taken apart without changing anything`(line: String, host: String, port: Int?, target: String) throws {
        let request = try #require(CurlRequest(line))
        #expect(request.host == host)
        #expect(request.port == port)
        #expect(request.target == target)
    }

    @Test(arguments: [
        "", "GET", "GET /a", "http://a/", "GET ftp://a/", "GET http://", "GET http:///a", "GET http://a:b/",
        "GET http://a:70000/", "GET http://:80/", " http://a/", "GET http://a/ b",
    ])
    func `of another form is refused`(line: String) {
        #expect(CurlRequest(line) == nil)
    }
}
