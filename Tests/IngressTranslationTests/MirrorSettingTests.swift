import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Who gets copies of the requests of an Ingress.
struct MirrorSettingTests {
    private func result(_ annotations: [String: String]) throws -> Translation {
        try translated(ingress(annotations: annotations, rule("a.example", path("/a"))))
    }

    private func mirror(_ result: Translation) -> RequestMirror? {
        result.server("a.example")?.locations.first?.policy.mirror
    }

    @Test(arguments: [
        ("http://api.shop.svc", "shop_api_80 api.shop.svc $request_uri"),
        ("http://api.shop.svc.cluster.local/x", "shop_api_80 api.shop.svc.cluster.local /x"),
        ("https://test.example$request_uri", "https test.example:443 test.example $request_uri"),
        ("https://test.example/$request_uri", "https test.example:443 test.example /$request_uri"),
        ("http://test.example:8080?a=b", "test.example:8080 test.example /?a=b"),
        ("http://203.0.113.7/copies$request_uri", "203.0.113.7:80 203.0.113.7 /copies$request_uri"),
    ])
    func `a target names a Service, a name or an address, and what is asked for there`(
        _ target: String,
        _ expected: String
    ) throws {
        let result = try result(["mirror-target": target])
        let mirror = try #require(self.mirror(result))
        let receiver =
            switch mirror.receiver {
            case .upstream(let name): name.readable
            case .address(let address): "\(address)"
            case .name(let host, let port): "\(host):\(port)"
            }
        #expect("\(mirror.usesTLS ? "https " : "")\(receiver) \(mirror.host) \(mirror.target)" == expected)
        #expect(mirror.copiesBody)
        #expect(result.codes == [])
        #expect(result.configuration.flaws == [])
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test(arguments: [
        ("ftp://test.example", "annotation-invalid"), ("http://", "annotation-invalid"),
        ("test.example", "annotation-invalid"), ("http://localhost/", "annotation-invalid"),
        ("http://127.0.0.1/", "annotation-invalid"), ("http://$host/", "annotation-invalid"),
        ("http://test.example$uri", "annotation-invalid"), ("http://test.example/;", "annotation-invalid"),
        ("http://test.example$host", "annotation-invalid"), ("http://gone.shop.svc/", "not-mirrored"),
    ])
    func `a target that cannot be honoured gets nothing, and requests are served`(
        _ target: String,
        _ code: String
    ) throws {
        let result = try result(["mirror-target": target])
        #expect(mirror(result) == nil)
        #expect(result.codes == [code])
        #expect(result.diagnostics.allSatisfy { $0.severity == .warning })
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
    }

    @Test func `a host of its own is told, and bodies may be left`() throws {
        let result = try result([
            "mirror-target": "http://api.shop.svc", "mirror-host": "copies.example", "mirror-request-body": "off",
        ])
        #expect(mirror(result)?.host.description == "copies.example")
        #expect(mirror(result)?.copiesBody == false)
    }
}
