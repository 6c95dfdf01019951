import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// Hosts whose TLS is passed on.
struct PassthroughTests {
    private static let modules = "nginx version: nginx/1.22.1\nconfigure arguments: --with-http_ssl_module"

    private func settings(_ change: (inout TranslationSettings) -> Void = { _ in }) throws -> TranslationSettings {
        try IngressTranslationTests.settings {
            $0.passthrough = .usual
            $0.globalConfigMap = globalName
            change(&$0)
        }
    }

    private func cluster(_ ingresses: [Ingress], global: [String: String] = [:]) -> ClusterSnapshot {
        var cluster = snapshot(
            ingresses,
            services: [
                service("shop/web"), service("blog/web"), service("shop/idle"), externalName("shop/out", "a.test"),
            ],
            slices: [slice("shop/web", ["10.0.0.2", "10.0.0.1"]), slice("blog/web", ["10.0.0.3"])]
        )
        cluster.configMaps = [globalConfigMap(global)]
        return cluster
    }

    private func translated(
        _ ingresses: Ingress...,
        global: [String: String] = [:],
        _ change: (inout TranslationSettings) -> Void = { _ in }
    ) throws -> Translation {
        translate(cluster(ingresses, global: global), with: try settings(change))
    }

    private static let on = ["ssl-passthrough": "true"]

    @Test func `its connections go to the endpoints of the path /, and plain HTTP as ever`() throws {
        let asking = ingress(annotations: Self.on, rule("a.example", path("/")), rule("*.b.example", path("/")))
        let result = try translated(asking)
        #expect(
            result.configuration.streams?.passthrough?.hosts.map(\.text) == [
                "a.example tls_shop_web_80 10.0.0.1:8080,10.0.0.2:8080",
                "*.b.example tls_shop_web_80 10.0.0.1:8080,10.0.0.2:8080",
            ]
        )
        #expect(result.codes == [])
        #expect(result.answer("A.example", "/x", .https) == "passed to tls_shop_web_80")
        #expect(result.answer("x.b.example", "/x", .https) == "passed to tls_shop_web_80")
        #expect(result.answer("a.example", "/x") == "shop_web_80 /x")
        #expect(result.configuration.settings.forwarding?.readsProxyLines == true)
    }

    @Test func `nothing else changes where no host is passed on`() throws {
        let plain = ingress(rule("a.example", path("/")))
        let off = translate(cluster([plain]), with: try settings { $0.passthrough = nil })
        #expect(try translated(plain) == off)
        #expect(try translated(ingress(annotations: ["ssl-passthrough": "false"], rule("a.example", path("/")))) == off)
    }

    @Test func `a host below a wildcard that another Ingress names is served`() throws {
        let wide = ingress("shop/wide", annotations: Self.on, rule("*.a.example", path("/")))
        let own = ingress("shop/own", rule("own.a.example", path("/")), rule("own.b.example", path("/")))
        let result = try translated(wide, own)
        #expect(result.configuration.streams?.passthrough?.exceptions.map(\.value) == ["own.a.example"])
        #expect(result.answer("own.a.example", "/", .https) == "shop_web_80 /")
    }

    @Test(arguments: [("idle:80", "none"), ("gone:80", "none"), ("out:443", "a.test:443")])
    func `where there is no endpoint connections are closed`(_ backend: String, _ target: String) throws {
        let result = try translated(ingress(annotations: Self.on, rule("a.example", path("/", to: backend))))
        #expect(result.configuration.streams?.passthrough?.hosts.first?.text.hasSuffix(target) == true)
        let isClosed = target == "none"
        #expect(result.answer("a.example", "/", .https).hasSuffix("nobody") == isClosed)
        #expect(result.configuration.streams?.settings.resolvers.isEmpty == isClosed)
    }

    @Test func `what cannot be honoured closes the host by HTTPS as well`() throws {
        let annotations = ["ssl-passthrough": "true", "whitelist-source-range": "nonsense"]
        let result = try translated(ingress(annotations: annotations, rule("a.example", path("/"))))
        #expect(result.answer("a.example", "/", .https) == "passed to nobody")
        #expect(result.answer("a.example", "/") == "503")
    }

    @Test(
        arguments: [
            (["ssl-passthrough": "true"], "passthrough-without-root", "a.example", "/sub"),
            (["ssl-passthrough": "true"], "passthrough-of-any-host", nil, "/"),
            (["ssl-passthrough": "perhaps"], "setting-invalid", "a.example", "/"),
        ] as [([String: String], String, String?, String)]
    )
    func `where it cannot be nginx ends TLS itself, and a finding says why`(
        _ annotations: [String: String],
        _ code: String,
        _ host: String?,
        _ target: String
    ) throws {
        let result = try translated(ingress(annotations: annotations, rule(host, path(target))))
        #expect(result.codes.count == 1 && result.codes.first?.hasPrefix(code) == true || code == "setting-invalid")
        #expect(!result.codes.isEmpty)
        #expect(result.configuration.streams == nil)
        #expect(result.answer("a.example", target, .https) == "shop_web_80 \(target)")
    }

    @Test func `options and modules decide whether it can be`() throws {
        let asking = ingress(annotations: Self.on, rule("a.example", path("/")))
        #expect(try translated(asking) { $0.passthrough = nil }.codes == ["passthrough-off"])
        let bare = NginxCapabilities(versionOutput: Self.modules)
        #expect(try translated(asking) { $0.capabilities = bare }.codes.contains("passthrough-module-missing"))
    }

    @Test(
        arguments: [
            (["use-forwarded-headers": "true"], true, false), (["enable-real-ip": "true"], true, false),
            (["use-forwarded-headers": "true", "proxy-real-ip-cidr": "10.0.0.0/8"], true, true),
            (["enable-real-ip": "true", "proxy-real-ip-cidr": "0.0.0.0/0"], true, true),
            (["use-proxy-protocol": "true", "proxy-real-ip-cidr": "10.0.0.0/8"], false, false),
            (["use-proxy-protocol": "true", "use-forwarded-headers": "true"], false, false),
            (
                ["use-proxy-protocol": "true", "use-forwarded-headers": "true", "proxy-real-ip-cidr": "10.0.0.0/8"],
                false,
                true
            ),
        ]
    )
    func `proxies name clients beside it, and by a socket of their own where not everybody is believed`(
        _ global: [String: String],
        _ namesByHeader: Bool,
        _ separates: Bool
    ) throws {
        let asking = ingress(annotations: Self.on, rule("a.example", path("/")))
        let result = try translated(asking, global: global)
        #expect(result.codes == [] && result.configuration.streams?.passthrough != nil)
        let forwarding = try #require(result.configuration.settings.forwarding)
        #expect(forwarding.namesHandedClientsByHeader == namesByHeader)
        #expect(forwarding.separatesProxies == separates)
    }

    @Test func `connections are taken where HTTPS is served, at the addresses that are configured alone`() throws {
        let asking = ingress(annotations: Self.on, rule("a.example", path("/")))
        let result = try translated(asking, global: ["bind-address": "127.0.0.1,::1"])
        #expect(result.configuration.streams?.passthrough != nil && result.codes == [])
        let places = result.configuration.listeners.filter { $0.scheme == .https }.map { "\($0.address)" }
        #expect(places == ["127.0.0.1:443", "[::1]:443"])
    }

    @Test func `two Ingresses that both ask for it are no conflict, and the Service of the path / counts`() throws {
        let older = ingress("shop/old", at: 1, annotations: Self.on, rule("a.example", path("/sub", to: "idle:80")))
        let newer = ingress("shop/new", at: 2, annotations: Self.on, rule("a.example", path("/")))
        let result = try translated(older, newer)
        #expect(result.configuration.streams?.passthrough?.hosts.map(\.service.value) == ["tls_shop_web_80"])
        #expect(!result.codes.contains("setting-taken"))
    }

    @Test func `nobody has a host passed on that another namespace had before`() throws {
        let older = ingress("shop/old", at: 1, rule("a.example", path("/")))
        let newer = ingress("blog/new", at: 2, annotations: Self.on, rule("a.example", path("/new")))
        let result = try translated(older, newer)
        #expect(result.codes == ["passthrough-of-newcomer"])
        #expect(result.configuration.streams == nil)
    }

    @Test func `of two Ingresses the oldest that says something decides`() throws {
        let older = ingress("shop/old", at: 1, annotations: ["ssl-passthrough": "false"], rule("a.example", path("/")))
        let newer = ingress("shop/new", at: 2, annotations: Self.on, rule("a.example", path("/new")))
        let result = try translated(older, newer)
        #expect(result.configuration.streams == nil)
        #expect(result.codes == ["setting-taken"])
    }

    @Test func `who is guarded no more is told, and which paths get no requests`() throws {
        let annotations = ["ssl-passthrough": "true", "limit-rps": "5", "whitelist-source-range": "10.0.0.0/8"]
        let first = ingress("shop/a", at: 1, annotations: annotations, rule("a.example", path("/")))
        let second = ingress("shop/b", at: 2, rule("a.example", path("/more")))
        let findings = try translated(first, second).findings
        #expect(
            findings == [
                "Ingress shop/a metadata.annotations[nginx.ingress.kubernetes.io/whitelist-source-range] warning "
                    + "passthrough-unguarded",
                "Ingress shop/b spec.rules[0].http.paths[0].path warning passthrough-path-unused",
            ]
        )
    }

    @Test(
        arguments: [
            ("whitelist-source-range", "10.0.0.0/8"), ("denylist-source-range", "10.0.0.0/8"),
            ("block-cidrs", "10.0.0.0/8"),
            ("block-user-agents", "curl"), ("block-referers", "evil"), ("global-auth-url", "http://10.0.0.9/"),
            ("location-snippet", "deny 10.0.0.0/8;"), ("server-snippet", "if ($host = b.example) { return 403; }"),
        ]
    )
    func `who relies on a guard of the ConfigMap is told that it guards nothing there`(
        _ key: String,
        _ value: String
    ) throws {
        let asking = ingress(annotations: Self.on, rule("a.example", path("/")))
        let findings = try translated(asking, global: [key: value]).configurationFindings
        #expect(findings.count == 1 && findings.first?.contains("'\(key)' of the ConfigMap does not guard") == true)
    }

    @Test(
        arguments: [
            ("auth-url", "http://10.0.0.9/"), ("denylist-source-range", "10.0.0.0/8"), ("limit-connections", "1"),
            ("limit-rpm", "5"), ("allowlist-source-range", "10.0.0.0/8"),
        ]
    )
    func `an annotation that guards is named, and not its ConfigMap`(_ name: String, _ value: String) throws {
        let annotations = Self.on.merging([name: value]) { $1 }
        let findings = try translated(ingress(annotations: annotations, rule("a.example", path("/"))))
            .configurationFindings
        #expect(findings.count == 1 && findings.first?.hasPrefix("'\(name)' does not guard") == true, "\(findings)")
    }

    @Test(
        arguments: [
            ("limit-rps", "0"), ("limit-connections", "0"), ("denylist-source-range", ""), ("enable-cors", "true"),
            ("proxy-read-timeout", "5"),
        ]
    )
    func `what keeps nobody away is no guard`(_ name: String, _ value: String) throws {
        let annotations = Self.on.merging([name: value]) { $1 }
        let result = try translated(
            ingress(annotations: annotations, rule("a.example", path("/"))),
            global: ["proxy-read-timeout": "7", "location-snippet": "add_header X-A b;"]
        )
        #expect(!result.codes.contains("passthrough-unguarded"))
    }

    @Test func `a service that all are asked about counts for those that have not opted out of it`() throws {
        let global = ["global-auth-url": "http://10.0.0.9/"]
        let out = Self.on.merging(["enable-global-auth": "false"]) { $1 }
        #expect(try translated(ingress(annotations: out, rule("a.example", path("/"))), global: global).codes == [])
    }

    @Test func `endpoints that come and go are followed`() throws {
        let asking = ingress(annotations: Self.on, rule("a.example", path("/")))
        let settings = try settings()
        var cache = TranslationCache()
        for addresses in [["10.0.0.1"], ["10.0.0.1", "10.0.0.9"], [], ["10.0.0.2"]] {
            var cluster = cluster([asking])
            cluster.endpointSlices = addresses.isEmpty ? [] : [slice("shop/web", addresses)]
            let result = translate(cluster, with: settings, cache: &cache)
            #expect(result == translate(cluster, with: settings))
            let servers = result.configuration.streams?.passthrough?.hosts.first?.target?.servers.count
            #expect(servers == (addresses.isEmpty ? nil : addresses.count))
        }
    }
}

extension PassedHost {
    fileprivate var text: String {
        let target: String =
            switch target {
            case .servers(let servers): servers.map(\.description).joined(separator: ",")
            case .name(let host, let port): "\(host):\(port)"
            case nil: "none"
            }
        return "\(host.text) \(service) \(target)"
    }
}

extension Translation {
    /// The texts of all findings.
    fileprivate var configurationFindings: [String] { diagnostics.map(\.message) }
}
