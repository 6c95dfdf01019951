import Diagnostics
import Incremental
import KubernetesModel
import Testing

@testable import IngressTranslation

/// Objects of other namespaces that annotations name.
struct ReachTests {
    private static let permitted = ["allow-cross-namespace-resources": "true"]
    private static let users = Secret(
        metadata: metadata("auth/users"),
        data: ["auth": SecretBytes(Array("ann:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/".utf8))]
    )
    private static let headers = ConfigMap(metadata: metadata("auth/headers"), data: ["X-A": "b"])
    private static let web = rule("a.example", path("/a"))

    @Test(arguments: [
        (["auth-type": "basic", "auth-secret": "auth/users"], "401"),
        (["custom-headers": "auth/headers"], "shop_web_80 /a"),
        (["auth-url": "http://10.0.0.9/", "auth-proxy-set-headers": "auth/headers"], "shop_web_80 /a"),
        (["backend-protocol": "FCGI", "fastcgi-params-configmap": "auth/headers"], "shop_web_80_2dgtgaikfbpka /a"),
    ])
    func `are used where the key permits it, and close the paths where not`(
        _ annotations: [String: String],
        _ answer: String
    ) throws {
        for value in [nil, "false", "", "yes"] {
            var global = ["global-allowed-response-headers": "X-A"]
            global["allow-cross-namespace-resources"] = value
            let result = try translated(
                [ingress(annotations: annotations, Self.web)],
                global: global,
                configMaps: [Self.headers],
                secrets: [Self.users]
            )
            #expect(result.answer("a.example", "/a") == "503")
        }
        let result = try translated(
            [ingress(annotations: annotations, Self.web)],
            global: Self.permitted.merging(["global-allowed-response-headers": "X-A"]) { $1 },
            configMaps: [Self.headers],
            secrets: [Self.users]
        )
        #expect(result.codes == [])
        #expect(result.answer("a.example", "/a") == answer)
    }

    @Test(arguments: ["auth-tls-secret", "proxy-ssl-secret"])
    func `are looked for where the key permits it`(_ name: String) throws {
        var annotations = [name: "auth/absent"]
        if name == "proxy-ssl-secret" { annotations["backend-protocol"] = "HTTPS" }
        let result = try translated([ingress(annotations: annotations, Self.web)], global: Self.permitted)
        #expect(result.codes.contains("secret-not-found"), "\(result.codes)")
    }

    @Test func `have the Ingress read anew when they change`() throws {
        let annotations = ["auth-type": "basic", "auth-secret": "auth/users"]
        var cache = TranslationCache()
        let settings = try settings { $0.globalConfigMap = globalName }
        for (secrets, answer) in [([], "503"), ([Self.users], "401"), ([], "503")] as [([Secret], String)] {
            var snapshot = snapshot(
                [ingress(annotations: annotations, Self.web)],
                services: [service()],
                slices: [slice("shop/web", ["10.0.0.1"])],
                secrets: secrets
            )
            snapshot.configMaps = [globalConfigMap(Self.permitted)]
            #expect(translate(snapshot, with: settings, cache: &cache).answer("a.example", "/a") == answer)
        }
    }

    @Test(arguments: ["1", "t", "T", "TRUE", "true", "True", "0", "f", "F", "false", "", "yes", "TrUe", " true", "on"])
    func `are found by sources exactly where the setting permits them`(_ value: String) throws {
        let map = globalConfigMap(["allow-cross-namespace-resources": value])
        let layer = SettingLayer.builtIn(for: try settings()).global(map)
        #expect(layer.settings.value.values.gates.reach == map.reach)
    }

    @Test(
        arguments: [
            ("users", ["shop/users"], ["shop/users"]), ("shop/users", ["shop/users"], ["shop/users"]),
            ("auth/users", [], ["auth/users"]), ("auth/", [], []), ("", [], []), ("a/b/c", [], []),
        ] as [(String, [String], [String])]
    )
    func `count among the Secrets of an Ingress where they may be named`(
        _ value: String,
        _ own: [String],
        _ any: [String]
    ) {
        let web = ingress(annotations: ["auth-secret": value])
        #expect(web.namedSecrets(within: .own).map(\.description) == own)
        #expect(web.namedSecrets(within: .any).map(\.description) == any)
        #expect(web.passwordSecrets(within: .any).map(\.description) == any)
    }

    @Test(arguments: ["../users", "a b/users", "/users", "auth/../users", "ä/users", "auth/a\nb"])
    func `have names that Kubernetes allows`(_ value: String) {
        #expect(ingress().objectName(value, within: .any) == nil)
    }
}
