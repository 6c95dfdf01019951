import IngressTranslation
import NginxSyntax
import ProxyConfiguration
import Testing

/// Lines of the PROXY protocol in front of HTTP.
struct ProxyProtocolTests {
    private func translated(_ keys: [String: String]) throws -> Configuration {
        try IngressTranslationTests.translated([ingress(rule("a.example", path("/")))], global: keys).configuration
    }

    @Test(arguments: [("true", true), ("false", false), ("maybe", false)])
    func `are required at every listener where the key says so`(_ value: String, _ isOn: Bool) throws {
        let configuration = try translated(["use-proxy-protocol": value])
        #expect(configuration.listeners.map(\.readsProxyLine) == [isOn, isOn])
        #expect((configuration.settings.forwarding?.readsProxyLines ?? false) == isOn)
    }

    @Test func `are believed of the networks that are named, and required where nobody is`() throws {
        let named = try translated(["use-proxy-protocol": "true", "proxy-real-ip-cidr": "10.0.0.0/8"])
        #expect(named.settings.forwarding?.proxies.map(\.description) == ["10.0.0.0/8"])
        let unknown = try translated(["use-proxy-protocol": "true", "proxy-real-ip-cidr": "everybody"])
        #expect(unknown.settings.forwarding == nil)
        #expect(unknown.listeners.map(\.readsProxyLine) == [true, true])
    }

    @Test func `count beside headers with the URL that a client has asked for`() throws {
        let keys = ["use-proxy-protocol": "true", "use-forwarded-headers": "true", "proxy-real-ip-cidr": "0.0.0.0/0"]
        let forwarding = try #require(try translated(keys).settings.forwarding)
        #expect(forwarding.sendsURL && forwarding.readsProxyLines)
    }
}
