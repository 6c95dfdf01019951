import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Which clients the settings of an Ingress, and of what stands above it, let in.
struct SourceRangeTests {
    private static let global = NamespacedName(namespace: "ingress", name: "global")

    private func result(
        _ annotations: [String: String] = [:],
        global: [String: String] = [:],
        class parameters: [String: String] = [:]
    ) throws -> Translation {
        var nginx = ingressClass("nginx")
        nginx.parameters = IngressClass.Parameters(kind: "ConfigMap", name: "class", namespace: "ingress")
        var web = ingress(annotations: annotations, rule("a.example", path("/a")))
        web.ingressClassName = "nginx"
        var cluster = snapshot(
            [web],
            classes: [nginx],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        cluster.configMaps = [
            ConfigMap(metadata: metadata("ingress/class"), data: parameters),
            ConfigMap(metadata: metadata("ingress/global"), data: global),
        ]
        return translate(cluster, with: try settings { $0.globalConfigMap = Self.global })
    }

    /// `served`, or the status for a client of this address.
    private func answer(_ result: Translation, from client: String, _ headers: [String: String] = [:]) -> String {
        let request = Request(host: "a.example", target: "/a", headers: headers, client: IPAddress(client))
        return switch result.configuration.route(request).outcome {
        case .proxied: "served"
        case .denied: "403"
        case .answered(let status): "\(status)"
        default: "other"
        }
    }

    @Test(arguments: [
        "0.0.0.0/0,::/0", " ::/0 , 0.0.0.0/0", "10.0.0.0/8,0.0.0.0/0,::/0", "0.0.0.0/1,128.0.0.0/1,::/1,8000::/1,",
    ])
    func `a list that allows everybody is none`(_ list: String) throws {
        for name in ["allowlist-source-range", "whitelist-source-range"] {
            let result = try result([name: list])
            #expect(result.codes == [])
            #expect(result.server("a.example")?.locations.allSatisfy { $0.policy.access == nil } ?? false)
        }
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.1.1.1", "served"), ("10.0.0.0/8", "11.1.1.1", "403"), ("10.0.0.0/8", "fd00::1", "403"),
        ("10.9.9.9/8", "10.1.1.1", "served"), ("10.1.1.1", "10.1.1.1", "served"), ("10.1.1.1", "10.1.1.2", "403"),
        ("0.0.0.0/0", "fd00::1", "403"), ("::/0", "10.1.1.1", "403"), ("fd00::/8,10.0.0.0/8", "fd12::1", "served"),
        ("::ffff:10.0.0.0/104", "10.1.1.1", "served"), ("::ffff:10.1.1.1", "10.1.1.1", "served"),
    ])
    func `a list of allowed networks refuses all others`(
        _ list: String,
        _ client: String,
        _ expected: String
    ) throws {
        let result = try result(["allowlist-source-range": list])
        #expect(answer(result, from: client) == expected)
        #expect(result.codes == [])
    }

    @Test func `a wrong item of allowed networks is left out, and told`() throws {
        let result = try result(["allowlist-source-range": "10.0.0.0/8, office"])
        #expect(answer(result, from: "10.1.1.1") == "served")
        #expect(answer(result, from: "11.1.1.1") == "403")
        #expect(result.codes == ["annotation-invalid"])
    }

    @Test(arguments: ["", " ", ",", "\n", "nonsense", "true", "10.0.0", "10.0.0.0/33", "10.0.0.0/8;10.0.0.1", "all"])
    func `a list without a network lets nobody in`(_ list: String) throws {
        for name in ["allowlist-source-range", "whitelist-source-range"] {
            let result = try result([name: list])
            #expect(answer(result, from: "10.0.0.1") == "503")
            #expect(result.codes == ["annotation-invalid"])
        }
    }

    @Test(arguments: [
        ("office", "names 'office', which is neither a network nor an address; requests"),
        ("a, b,c", "names 'a', which is neither a network nor an address, and no other item of it counts either; "),
        (" ,", "names no network; requests"),
    ])
    func `a list without a network is told by one finding that names the fault`(
        _ list: String,
        _ reason: String
    ) throws {
        let result = try result(["allowlist-source-range": list])
        #expect(result.diagnostics.map(\.severity) == [.error])
        #expect(result.diagnostics.first?.message.contains(reason) ?? false, "\(result.diagnostics)")
    }

    @Test(arguments: [" ", ",", "nonsense", "10.0.0.0/8, office", "10.0.0.0/8 11.0.0.0/8", "unix:", "all"])
    func `a wrong item of denied networks lets nobody in`(_ list: String) throws {
        let result = try result(["denylist-source-range": list])
        #expect(answer(result, from: "11.0.0.1") == "503")
        #expect(result.codes == ["annotation-invalid"])
    }

    @Test func `no list of denied networks denies nobody`() throws {
        let result = try result(["denylist-source-range": ""])
        #expect(answer(result, from: "11.0.0.1") == "served")
        #expect(result.codes == [])
    }

    @Test(
        arguments: [
            // Each layer takes the place of what is beneath it.
            ([:], ["whitelist-source-range": "10.0.0.0/8"], [:], "403"),
            ([:], ["whitelist-source-range": "11.0.0.0/8"], ["whitelist-source-range": "10.0.0.0/8"], "403"),
            ([:], ["whitelist-source-range": "10.0.0.0/8"], ["whitelist-source-range": "11.0.0.0/8"], "served"),
            (["allowlist-source-range": "11.0.0.0/8"], ["whitelist-source-range": "10.0.0.0/8"], [:], "served"),
            (["whitelist-source-range": "11.0.0.0/8"], ["whitelist-source-range": "office"], [:], "served"),
            ([:], ["whitelist-source-range": "office"], [:], "503"), ([:], ["whitelist-source-range": ""], [:], "503"),
            (["denylist-source-range": "10.0.0.0/8"], ["denylist-source-range": "11.0.0.0/8"], [:], "served"),
            (["denylist-source-range": ""], ["denylist-source-range": "11.0.0.0/8"], [:], "403"),
            ([:], ["denylist-source-range": "11.0.0.0/8"], ["denylist-source-range": ""], "served"),
            // The first name of a list counts.
            (["allowlist-source-range": "11.0.0.0/8", "whitelist-source-range": "10.0.0.0/8"], [:], [:], "served"),
            (["allowlist-source-range": "10.0.0.0/8", "whitelist-source-range": "11.0.0.0/8"], [:], [:], "403"),
            (["allowlist-source-range": "", "whitelist-source-range": "11.0.0.0/8"], [:], [:], "served"),
            // What is blocked, is so whatever is allowed.
            (["allowlist-source-range": "11.0.0.0/8"], ["block-cidrs": "11.0.0.0/8"], [:], "403"),
            ([:], ["block-cidrs": "11.0.0.0/8"], ["block-cidrs": "10.0.0.0/8"], "403"),
            ([:], [:], ["block-cidrs": "11.0.0.0/8"], "403"), ([:], ["block-cidrs": ""], [:], "served"),
            ([:], ["block-cidrs": "office"], [:], "503"), ([:], [:], ["block-user-agents": "~("], "503"),
            ([:], ["block-referers": "~(?<name>a)"], [:], "503"), ([:], ["block-referers": "~*"], [:], "503"),
        ] as [([String: String], [String: String], [String: String], String)]
    )
    func `layers take the place of each other`(
        _ annotations: [String: String],
        _ global: [String: String],
        _ parameters: [String: String],
        _ expected: String
    ) throws {
        #expect(answer(try result(annotations, global: global, class: parameters), from: "11.1.1.1") == expected)
    }

    @Test(arguments: [
        ("curl", "403"), ("CURL", "403"), ("curl/8", "served"), ("GoBot", "403"), ("gobot", "served"), ("", "served"),
        ("EVIL", "403"), ("~x", "403"), ("default", "403"),
    ])
    func `user agents are compared whole and in any case, or by expressions`(
        _ agent: String,
        _ expected: String
    ) throws {
        let result = try result(global: ["block-user-agents": "curl, ~Bot$, ~*^evil, \\~x, default, CURL"])
        #expect(answer(result, from: "10.0.0.1", ["user-agent": agent]) == expected)
        #expect(result.codes == [])
    }

    @Test func `the default backend is closed where what is blocked cannot be told`() throws {
        var cluster = snapshot([], services: [service()], slices: [slice("shop/web", ["10.0.0.1"])])
        for (value, answer) in [("office", "503"), ("10.0.0.0/8", "shop_web_80 /")] {
            cluster.configMaps = [ConfigMap(metadata: metadata("ingress/global"), data: ["block-cidrs": value])]
            let settings = try settings {
                $0.globalConfigMap = Self.global
                $0.defaultBackendService = NamespacedName(namespace: "shop", name: "web")
            }
            #expect(translate(cluster, with: settings).answer("unknown.example", "/") == answer)
        }
    }

    @Test(
        arguments: [
            (["whitelist-source-range": "10.0.0.0/8"], [:], false),
            (["whitelist-source-range": "10.0.0.0/8"], ["whitelist-source-range": "10.0.0.0/8"], true),
            ([:], ["whitelist-source-range": "10.0.0.0/8"], true),
        ] as [([String: String], [String: String], Bool)]
    )
    func `a canary takes requests where it is for the same clients as the other Ingress`(
        _ own: [String: String],
        _ others: [String: String],
        _ isUsed: Bool
    ) throws {
        let canary = ["canary": "true", "canary-weight": "100"].merging(own) { $1 }
        let result = try translated(
            ingress("shop/main", at: 1, annotations: others, rule("a.example", path("/"))),
            ingress("shop/canary", at: 2, annotations: canary, rule("a.example", path("/", to: "api:80")))
        )
        #expect(result.answer("a.example", "/") == (isUsed ? "shop_api_80 /" : "shop_web_80 /"))
        #expect(result.codes.contains("canary-guarded") != isUsed)
    }

    @Test(
        arguments: [
            (["use-forwarded-headers": "true"], [:], "served"), (["use-forwarded-headers": "yes"], [:], "served"),
            (["use-forwarded-headers": "yes"], ["allowlist-source-range": "11.0.0.0/8"], "503"),
            (["proxy-real-ip-cidr": "office"], ["denylist-source-range": "12.0.0.0/8"], "503"),
            (["forwarded-for-header": "a b"], ["allowlist-source-range": "11.0.0.0/8"], "503"),
            (["enable-real-ip": "on"], ["allowlist-source-range": "0.0.0.0/0,::/0"], "served"),
            (["enable-real-ip": "on", "block-cidrs": "12.0.0.0/8"], [:], "503"),
            (["enable-real-ip": "true"], ["allowlist-source-range": "11.0.0.0/8"], "served"),
        ] as [([String: String], [String: String], String)]
    )
    func `lists are closed where it cannot be known from where clients come`(
        _ global: [String: String],
        _ annotations: [String: String],
        _ expected: String
    ) throws {
        #expect(answer(try result(annotations, global: global), from: "11.1.1.1") == expected)
    }

    @Test(arguments: [("true", ["configmap-key-not-read"], "503"), ("false", [], "served")])
    func `an nginx that cannot tell clients from proxies closes lists where it should`(
        _ value: String,
        _ codes: [String],
        _ expected: String
    ) throws {
        let capabilities = NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1")
        var cluster = snapshot(
            [ingress(annotations: ["allowlist-source-range": "11.0.0.0/8"], rule("a.example", path("/a")))],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        let data = ["use-forwarded-headers": value]
        cluster.configMaps = [ConfigMap(metadata: metadata("ingress/global"), data: data)]
        let settings = try settings {
            $0.globalConfigMap = Self.global
            $0.capabilities = capabilities
        }
        let result = translate(cluster, with: settings)
        #expect(result.codes == codes)
        #expect(answer(result, from: "11.1.1.1") == expected)
    }
}
