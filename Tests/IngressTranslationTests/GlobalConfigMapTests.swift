import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The effect of the ConfigMap of `--configmap` on all Ingresses.
struct GlobalConfigMapTests {
    @Test(arguments: [
        (["enable-syslog": "true"], ["syslog-host-missing"]),
        (["enable-syslog": "true", "syslog-host": "logs.example"], ["configmap-key-invalid", "syslog-host-missing"]),
        (["enable-syslog": "true", "syslog-host": "10.0.0.7"], []), (["enable-syslog": "false"], []),
        (["syslog-port": "1514"], []),
    ])
    func `logs for a syslog server that nobody names are told to go to files`(
        _ keys: [String: String],
        _ codes: [String]
    ) throws {
        let result = try translated(global: keys)
        #expect(result.codes.sorted() == codes)
        #expect((result.configuration.settings.log.destination == nil) == (keys["syslog-host"] != "10.0.0.7"))
    }

    private static func map(_ name: String, _ data: [String: String]) -> ConfigMap {
        var metadata = metadata(name)
        metadata.namespace = "ingress"
        return ConfigMap(metadata: metadata, data: data)
    }

    /// The Ingress `shop/web` of the class `nginx`, whose ConfigMap is `ingress/class`.
    private func translated(
        global: [String: String]?,
        class parameters: [String: String] = [:],
        annotations: [String: String] = [:],
        assumes: Bool = false
    ) throws -> Translation {
        var nginx = ingressClass("nginx")
        nginx.parameters = IngressClass.Parameters(kind: "ConfigMap", name: "class", namespace: "ingress")
        var web = ingress(annotations: annotations, rule("a.example", path("/")))
        web.ingressClassName = "nginx"
        var cluster = snapshot(
            [web],
            classes: [nginx],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        cluster.configMaps = [Self.map("class", parameters)] + (global.map { [Self.map("global", $0)] } ?? [])
        let settings = try settings {
            $0.globalConfigMap = NamespacedName(namespace: "ingress", name: "global")
            $0.assumesMissingObjects = assumes
        }
        return translate(cluster, with: settings)
    }

    @Test(
        arguments: [
            (nil, nil, nil, "shop_web_80 /a"),
            ("true", nil, nil, "308 https://a.example/a"),
            ("true", "false", nil, "shop_web_80 /a"),
            ("false", "true", nil, "308 https://a.example/a"),
            ("true", "true", "false", "shop_web_80 /a"),
            (nil, "false", "true", "308 https://a.example/a"),
            ("true", nil, "", "308 https://a.example/a"),
            ("true", nil, "maybe", "308 https://a.example/a"),
        ] as [(String?, String?, String?, String)]
    )
    func `holds beneath the class's, and that beneath annotations`(
        _ global: String?,
        _ parameter: String?,
        _ annotation: String?,
        _ answer: String
    ) throws {
        func data(_ value: String?) -> [String: String] { value.map { ["force-ssl-redirect": $0] } ?? [:] }
        let result = try translated(
            global: data(global),
            class: data(parameter),
            annotations: data(annotation)
        )
        #expect(result.answer("a.example", "/a") == answer)
    }

    @Test func `says in http what all locations have`() throws {
        let result = try translated(global: ["proxy-read-timeout": "7"])
        #expect(result.configuration.settings.directives.value(of: "proxy_read_timeout") == "7s")
        let policies = result.configuration.servers.flatMap(\.locations).map(\.policy.value.settings.isEmpty)
        #expect(policies.allSatisfy { $0 })
    }

    @Test func `has a location say again what http says otherwise`() throws {
        let result = try translated(global: ["proxy-read-timeout": "7"], annotations: ["proxy-read-timeout": "60"])
        let settings = result.configuration.servers.flatMap(\.locations).map(\.policy.value.settings)
        #expect(settings.compactMap { $0.value(of: "proxy_read_timeout") } == ["1m"])
    }

    @Test func `is told of what is invalid, unknown, not read, or an annotation`() throws {
        let result = try translated(global: [
            "hsts-max-age": "1y", "hstss": "true", "enable-brotli": "true", "rewrite-target": "/", "use-http2": "true",
        ])
        #expect(
            result.findings == [
                "ConfigMap ingress/global data[enable-brotli] warning configmap-key-not-read",
                "ConfigMap ingress/global data[hsts-max-age] warning configmap-key-invalid",
                "ConfigMap ingress/global data[hstss] warning configmap-key-unknown",
                "ConfigMap ingress/global data[rewrite-target] warning configmap-key-unknown",
            ]
        )
    }

    @Test func `closes all where it guards access by what is not read, unless an annotation turns it off`() throws {
        let guarding = ["enable-modsecurity": "true"]
        let result = try translated(global: guarding)
        #expect(result.answer("a.example", "/") == "503")
        #expect(result.codes == ["configmap-key-not-honoured", "global-configmap-not-honoured"])
        #expect(
            try translated(global: guarding, annotations: ["enable-modsecurity": "false"])
                .answer("a.example", "/") == "shop_web_80 /"
        )
        #expect(
            try translated(global: guarding, class: ["enable-modsecurity": "false"])
                .answer("a.example", "/") == "shop_web_80 /"
        )
    }

    @Test func `is needed for what is about all of nginx`() throws {
        let result = try translated(global: [:], class: ["worker-processes": "3"])
        #expect(result.findings == ["ConfigMap ingress/class data[worker-processes] warning class-parameter-not-read"])
    }

    @Test(arguments: [(true, "note global-configmap-assumed"), (false, "error global-configmap-not-found")])
    func `is told to be missing, and the defaults hold`(_ assumes: Bool, _ finding: String) throws {
        let result = try translated(global: nil, assumes: assumes)
        #expect(result.answer("a.example", "/a") == "shop_web_80 /a")
        #expect(
            result.findings.filter { $0.contains("configmap") }.map { String($0.suffix(finding.count)) } == [finding]
        )
    }

    @Test func `only annotations with the prefix count`() throws {
        var own = ingress(rule("a.example", path("/")))
        own.metadata.annotations = [
            "corp.example/force-ssl-redirect": "true", "nginx.ingress.kubernetes.io/rewrite-target": "/x",
            "corp.example/nonsense": "1",
        ]
        let cluster = snapshot([own], services: [service()], slices: [slice("shop/web", ["10.0.0.1"])])
        let result = translate(cluster, with: try settings { $0.annotationPrefix = "corp.example" })
        #expect(result.answer("a.example", "/a") == "308 https://a.example/a")
        #expect(
            result.findings == [
                "Ingress shop/web metadata.annotations[corp.example/nonsense] warning annotation-unknown"
            ]
        )
    }
}
