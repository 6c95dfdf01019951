import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Services that stand for a machine outside of the cluster.
struct ExternalNameTests {
    @Test(
        arguments: [
            ("api.example", "api.example:80"), ("API.Example.", "api.example:80"), ("10.1.2.3", "shop_web_80"),
            ("fd00::1", "shop_web_80"), ("127.0.0.1", nil), ("127.9.9.9", nil), ("::1", nil), ("::ffff:127.0.0.1", nil),
            ("localhost", nil), ("localhost.", nil), ("LOCALHOST", nil), ("x.localhost", nil), ("", nil), (nil, nil),
            (".", nil), ("0", nil), ("127.1", nil), ("2130706433", nil), ("0x7f.1", nil), ("0x7f000001", nil),
            ("0177.0.0.1", nil), ("127.0.0.1.", nil), ("0.0.0.0", nil), ("::", nil), ("169.254.169.254", nil),
            ("224.0.0.1", nil), ("255.255.255.255", nil), ("fe80::1", nil), ("ff02::1", nil), ("::ffff:10.0.0.1", nil),
            ("64:ff9b::7f00:1", nil), ("localhost..", nil), ("localhost.localdomain", nil), ("localhost6", nil),
            ("ip6-localhost", nil), ("IP6-Loopback.", nil), ("broadcasthost", nil), ("x.localdomain", nil),
            ("1.example", "1.example:80"), ("0x7f.example", "0x7f.example:80"),
            ("localhost.example", "localhost.example:80"),
            ("64:ff9b::a00:1", "shop_web_80"),
            ("a b", nil), ("a;b", nil), ("a..b", nil), ("http://a", nil), ("[::1]", nil), ("a/b", nil), ("$host", nil),
        ] as [(String?, String?)]
    )
    func `an external name is a name or an address of another machine`(_ name: String?, _ answer: String?) throws {
        let result = try translation("web:80", [externalName("shop/web", name)])
        #expect(result.answer("a.example", "/x") == (answer.map { "\($0) /x" } ?? "503"))
        #expect(result.codes == (answer == nil ? ["external-name-invalid"] : []))
        #expect(result.configuration.resolvers.isEmpty == (answer?.contains(".example:") != true))
    }

    @Test(arguments: [
        ("web:80", [Service.Port(port: 80, targetPort: .number(8443))], "api.example:8443"),
        ("web:http", [Service.Port(name: "http", port: 8080)], "api.example:8080"),
        ("web:http", [Service.Port(name: "http", port: 8080, targetPort: .name("x"))], "api.example:8080"),
        ("web:9", [Service.Port(port: 80)], "api.example:9"), ("web:http", [], nil), ("web:0", [], nil),
    ])
    func `an external name has the Service's port, else the Ingress's`(
        _ wanted: String,
        _ ports: [Service.Port],
        _ answer: String?
    ) throws {
        var external = externalName("shop/web", "api.example")
        external.ports = ports
        let result = try translation(wanted, [external])
        #expect(result.answer("a.example", "/") == (answer.map { "\($0) /" } ?? "503"))
        #expect(result.codes == (answer == nil ? ["service-port-not-found"] : []))
    }

    @Test func `a name that nobody resolves answers 503`() throws {
        let settings = try settings { $0.resolvers = [] }
        let result = try translation("web:80", [externalName("shop/web", "api.example")], with: settings)
        #expect(result.answer("a.example", "/") == "503")
        #expect(result.codes == ["resolver-missing"])
        #expect(result.diagnostics.first?.hint == "name a DNS server with --resolver")
    }

    @Test(arguments: ["api.example", "10.1.2.3"])
    func `an external name serves nothing where that is switched off`(_ name: String) throws {
        let settings = try settings { $0.disablesExternalNames = true }
        let result = try translation("web:80", [externalName("shop/web", name)], with: settings)
        #expect(result.answer("a.example", "/") == "503")
        #expect(result.codes == ["external-name-disabled"])
    }
}
