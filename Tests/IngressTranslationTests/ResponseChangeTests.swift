import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// How redirects and cookies of backends are changed.
struct ResponseChangeTests {
    private func result(_ annotations: [String: String], global: [String: String] = [:]) throws -> Translation {
        var snapshot = snapshot(
            [ingress(annotations: annotations, rule("a.example", path("/")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        snapshot.configMaps = [ConfigMap(metadata: metadata("postern/global"), data: global)]
        return translate(
            snapshot,
            with: try settings { $0.globalConfigMap = NamespacedName(namespace: "postern", name: "global") }
        )
    }

    private func changes(_ result: Translation) throws -> [String] {
        let changes = try #require(result.server("a.example")?.locations.first?.policy.responseChanges)
        return [changes.redirect, changes.cookieDomain, changes.cookiePath].map { change in
            change.map { $0.arguments.map(\.description).joined(separator: " ") } ?? "-"
        }
    }

    @Test(
        arguments: [
            ([:], ["-", "-", "-"]),
            (
                ["proxy-cookie-domain": "web.internal shop.example"],
                [
                    "-", "web.internal shop.example", "-",
                ]
            ),
            (["proxy-cookie-path": "/a/  /"], ["-", "-", "/a/ /"]), (["proxy-cookie-path": "off"], ["-", "-", "-"]),
            (["proxy-redirect-from": "http://web/", "proxy-redirect-to": "/"], ["http://web/ /", "-", "-"]),
            (["proxy-redirect-from": "~^http", "proxy-redirect-to": "https"], nil),
            (["proxy-redirect-from": "~http", "proxy-redirect-to": "https"], ["~http https", "-", "-"]),
            (["proxy-redirect-from": "default"], ["-", "-", "-"]),
        ] as [([String: String], [String]?)]
    )
    func `an Ingress changes what it says`(_ annotations: [String: String], _ expected: [String]?) throws {
        let result = try result(annotations)
        #expect(result.codes == (expected == nil ? ["annotation-invalid", "proxy-redirect-unused"] : []))
        #expect(try changes(result) == expected ?? ["-", "-", "-"])
    }

    @Test func `what all Ingresses change one of them need not`() throws {
        let global = ["proxy-cookie-path": "/a /b", "proxy-redirect-from": "http://web/", "proxy-redirect-to": "/"]
        let same = try result([:], global: global)
        #expect(try changes(same) == ["-", "-", "-"])
        #expect(same.configuration.settings.responseChanges.cookiePath?.arguments.count == 2)
        let other = try result(["proxy-cookie-path": "off", "proxy-redirect-from": "off"], global: global)
        #expect(try changes(other) == ["off", "-", "off"])
        #expect(other.codes == [])
    }

    @Test(arguments: [
        ("proxy-cookie-domain", "a"), ("proxy-cookie-domain", "a b c"), ("proxy-cookie-domain", "a $b"),
        ("proxy-cookie-domain", "a ;b"), ("proxy-cookie-path", "/"), ("proxy-cookie-path", "~?a /"),
        ("proxy-redirect-from", "http://a/ b"), ("proxy-redirect-to", "https://$host/"),
    ])
    func `what nginx would not take is told, and changes nothing`(_ name: String, _ value: String) throws {
        let result = try result([name: value])
        #expect(result.codes == ["annotation-invalid"])
        #expect(try changes(result) == ["-", "-", "-"])
    }

    @Test(arguments: ["proxy-redirect-from", "proxy-redirect-to"])
    func `one half of a change is told as having no effect`(_ name: String) throws {
        #expect(try result([name: "/a"]).codes == ["proxy-redirect-unused"])
    }

    @Test(arguments: [
        ("error timeout", "true", "error timeout non_idempotent"), ("error error timeout", "false", "error timeout"),
        ("error non_idempotent", "true", "error non_idempotent"), ("off", "true", "off non_idempotent"),
    ])
    func `requests that change something are repeated where all Ingresses want it`(
        _ failures: String,
        _ repeats: String,
        _ value: String
    ) throws {
        let result = try result([:], global: ["proxy-next-upstream": failures, "retry-non-idempotent": repeats])
        #expect(result.configuration.settings.directives.value(of: "proxy_next_upstream") == value)
    }
}
