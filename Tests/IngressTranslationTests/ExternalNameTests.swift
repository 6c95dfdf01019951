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
            (".", nil),
            ("a b", nil), ("a;b", nil), ("a..b", nil), ("http://a", nil), ("[::1]", nil), ("a/b", nil), ("$host", nil),
        ] as [(String?, String?)]
    )
    func `an external name is a name or an address of another machine`(_ name: String?, _ answer: String?) throws {
        let result = try translation("web:80", [externalName("shop/web", name)])
        #expect(result.answer("a.example", "/x") == (answer.map { "\($0) /x" } ?? "503"))
        #expect(result.codes == (answer == nil ? ["external-name-invalid"] : []))
        #expect(result.configuration.resolvers.isEmpty == (answer != "api.example:80"))
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
}
