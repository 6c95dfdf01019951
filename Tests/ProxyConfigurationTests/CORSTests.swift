import NginxSyntax
import ProxyConfiguration
import Testing

/// Which origins a policy allows, and which requests it answers.
struct CORSTests {
    private static func origin(
        _ scheme: String,
        _ host: OriginHost,
        _ port: Int? = nil
    ) throws -> OriginPattern {
        .pages(of: try #require(OriginScheme(scheme)), at: host, port: port.flatMap(PortNumber.init))
    }

    private static func shop() throws -> OriginHost { .name(try #require(HostName("shop.example"))) }

    private static func belowShop() throws -> OriginHost { .oneLabel(under: try #require(HostName("shop.example"))) }

    @Test(arguments: [
        ("https://shop.example", true), ("HTTPS://Shop.Example", true), ("http://shop.example", false),
        ("https://shop.example:443", false), ("https://shop.example:8443", false), ("https://shop.example/", false),
        ("https://shop.example.", false), ("https://shop.example.evil", false), ("https://shop.example evil", false),
        ("https://evil-shop.example", false), ("https://evil/https://shop.example", false),
        ("xhttps://shop.example", false), ("https://a.shop.example", false), ("https://shopxexample", false),
        ("shop.example", false), ("https://*", false), ("null", false), ("", false),
    ])
    func `an origin is matched whole`(_ origin: String, _ isAllowed: Bool) throws {
        #expect(try Self.origin("https", Self.shop()).matches(origin) == isAllowed)
        // The default port is one that browsers leave out.
        #expect(try Self.origin("https", Self.shop(), 443).matches(origin) == isAllowed)
    }

    @Test(arguments: [
        ("https://a.shop.example:8443", true), ("https://A-1.SHOP.example:8443", true),
        ("https://shop.example:8443", false), ("https://.shop.example:8443", false),
        ("https://a.b.shop.example:8443", false), ("https://a_b.shop.example:8443", false),
        ("https://a.shop.example", false), ("https://a.shop.example:84430", false),
        ("https://evil/.shop.example:8443", false), ("https://evil?.shop.example:8443", false),
        ("https://u@a.shop.example:8443", false), ("https://*.shop.example:8443", false),
        ("https://ü.shop.example:8443", false), ("https://\u{212A}.shop.example:8443", false), ("null", false),
    ])
    func `a wildcard stands for one label`(_ origin: String, _ isAllowed: Bool) throws {
        #expect(try Self.origin("https", Self.belowShop(), 8443).matches(origin) == isAllowed)
    }

    @Test func `an origin without a host, and that of an address, are matched as browsers write them`() throws {
        #expect(try Self.origin("file", .none).matches("file://"))
        let address = OriginHost.address(try #require(IPAddress("FD00::0:1")))
        #expect(try Self.origin("http", address, 80).matches("http://[fd00::1]"))
        #expect(try !Self.origin("http", address, 3_000).matches("http://[fd00::1]"))
        #expect(OriginPattern.opaque.matches("null"))
        #expect(!OriginPattern.opaque.matches(""))
    }

    @Test(arguments: ["", "1http", "ht tp", "http:", "hттp", "http_", "-a"])
    func `a scheme is no other text`(_ scheme: String) {
        #expect(OriginScheme(scheme) == nil)
    }

    @Test(arguments: ["", "a b", "a,b", "a;b", "a\"b", "$a", "a\nb", "ä", "{", "a\\"])
    func `a token is no other text`(_ token: String) {
        #expect(HTTPToken(token) == nil)
    }

    @Test func `what is too long for a header is no list`() throws {
        let token = try #require(HTTPToken(String(repeating: "a", count: 100)))
        #expect(HTTPTokenList(Array(repeating: token, count: 19)) != nil)
        #expect(HTTPTokenList(Array(repeating: token, count: 20)) == nil)
    }

    @Test func `the order of origins does not matter, nor how often one is named`() throws {
        let (first, second) = (try Self.origin("https", Self.shop()), OriginPattern.opaque)
        #expect(OriginList([first, second]) == OriginList([second, first, second]))
        #expect(OriginList([]) == nil)
    }
}
