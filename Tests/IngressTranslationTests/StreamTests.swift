import Diagnostics
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The ports of TCP and UDP that ConfigMaps name.
struct StreamTests {
    private static let services = [
        service("shop/db", Service.Port(name: "postgres", port: 5432), Service.Port(name: "web", port: 80)),
        service("shop/dns", Service.Port(name: "dns", port: 53, transport: "UDP"), Service.Port(name: "tcp", port: 53)),
        externalName("shop/rds", "db.example.com"), externalName("shop/self", "localhost"), service("shop/idle"),
    ]

    private static let slices = [
        slice("shop/db", ["10.0.0.2", "10.0.0.1"], port: 5432, name: "postgres"),
        EndpointSlice(
            metadata: metadata("shop/dns-1"),
            serviceName: "dns",
            origin: .endpointSlice,
            addressType: .ipv4,
            endpoints: [EndpointSlice.Endpoint(addresses: ["10.0.0.3"], isReady: true)],
            ports: [
                EndpointSlice.Port(name: "dns", port: 1053, transport: "UDP"),
                EndpointSlice.Port(name: "tcp", port: 1054),
            ]
        ),
    ]

    private func cluster(
        _ tcp: [String: String]?,
        udp: [String: String]?,
        _ global: [String: String]
    ) -> ClusterSnapshot {
        var cluster = snapshot([ingress(rule("a.example", path("/")))], services: Self.services, slices: Self.slices)
        cluster.configMaps = [globalConfigMap(global)]
        if let tcp { cluster.configMaps.append(ConfigMap(metadata: metadata("ingress/tcp"), data: tcp)) }
        if let udp { cluster.configMaps.append(ConfigMap(metadata: metadata("ingress/udp"), data: udp)) }
        return cluster
    }

    private func translated(
        _ tcp: [String: String]?,
        udp: [String: String]? = [:],
        global: [String: String] = [:],
        _ change: (inout TranslationSettings) -> Void = { _ in }
    ) throws -> Translation {
        translate(cluster(tcp, udp: udp, global), with: try settings(change))
    }

    private func settings(_ change: (inout TranslationSettings) -> Void = { _ in }) throws -> TranslationSettings {
        try IngressTranslationTests.settings {
            $0.globalConfigMap = globalName
            $0.tcpServices = NamespacedName("ingress/tcp")
            $0.udpServices = NamespacedName("ingress/udp")
            change(&$0)
        }
    }

    /// Without the finding on the Ingress, whose Service is of no interest.
    private func findings(_ result: Translation) -> [String] {
        result.findings.filter { !$0.hasPrefix("Ingress") }
    }

    @Test(
        arguments: [
            ("shop/db:5432", "tcp_shop_db_5432 10.0.0.1:5432,10.0.0.2:5432"),
            ("shop/db:postgres", "tcp_shop_db_5432 10.0.0.1:5432,10.0.0.2:5432"),
            ("shop/db:5432:PROXY", "tcp_shop_db_5432 10.0.0.1:5432,10.0.0.2:5432 reads"),
            ("shop/db:5432::PROXY", "tcp_shop_db_5432 10.0.0.1:5432,10.0.0.2:5432 sends"),
            (" shop/db:5432:proxy:Proxy ", "tcp_shop_db_5432 10.0.0.1:5432,10.0.0.2:5432 reads sends"),
            ("shop/dns:53", "tcp_shop_dns_53 10.0.0.3:1054"),
            ("shop/rds:5432", "tcp_shop_rds_5432 db.example.com:5432"),
        ]
    )
    func `a port leads to the endpoints of its Service's port`(_ value: String, _ expected: String) throws {
        let result = try translated(["5000": value])
        #expect(result.configuration.streams?.servers.map(\.text) == ["5000 \(expected)"])
        #expect(findings(result) == [])
    }

    @Test(
        arguments: [
            ("5000", "", "stream-service-invalid"), ("5000", "shop/db", "stream-service-invalid"),
            ("5000", "db:5432", "stream-service-invalid"), ("5000", "shop/db:5432:x", "stream-service-invalid"),
            ("5000", "shop/db:5432:PROXY:PROXY:PROXY", "stream-service-invalid"),
            ("5000", "shop/db:0", "stream-service-invalid"), ("5000", "shop/db:70000", "stream-service-invalid"),
            ("5000", "shop/d b:80", "stream-service-invalid"), ("5000", "shop/db:80;", "stream-service-invalid"),
            ("5000", "Shop/db:5432", "stream-service-invalid"), ("5000", "a/b/c:80", "stream-service-invalid"),
            ("0", "shop/db:5432", "stream-service-invalid"), ("65536", "shop/db:5432", "stream-service-invalid"),
            ("05000", "shop/db:5432", "stream-service-invalid"), ("-1", "shop/db:5432", "stream-service-invalid"),
            ("80", "shop/db:5432", "stream-port-reserved"), ("443", "shop/db:5432", "stream-port-reserved"),
            ("10246", "shop/db:5432", "stream-port-reserved"), ("9000", "shop/db:5432", "stream-port-reserved"),
            ("5000", "shop/nobody:80", "service-not-found"), ("5000", "shop/db:81", "service-port-not-found"),
            ("5000", "shop/db:dns", "service-port-not-found"), ("5000", "shop/idle:80", "service-without-endpoints"),
            ("5000", "shop/self:80", "external-name-invalid"), ("5000", "shop/rds:name", "service-port-not-found"),
        ]
    )
    func `an entry that is wrong is left out and told, and nothing else`(
        _ key: String,
        _ value: String,
        _ code: String
    ) throws {
        let reserved = try #require(PortNumber(9_000))
        let result = try translated([key: value, "5001": "shop/db:5432"]) { $0.reservedPorts = [reserved] }
        #expect(result.configuration.streams?.servers.map(\.port.value) == [5001])
        #expect(findings(result).map { String($0.drop { $0 != "d" }) }.count == 1)
        #expect(findings(result).first?.hasPrefix("ConfigMap ingress/tcp data[\(key)] ") == true)
        #expect(findings(result).first?.hasSuffix(code) == true)
    }

    @Test func `a port of UDP leads to that of its Service, and has no line of the PROXY protocol`() throws {
        let result = try translated([:], udp: ["53": "shop/dns:53", "54": "shop/dns:dns:PROXY", "55": "shop/db:5432"])
        let servers = try #require(result.configuration.streams?.servers)
        #expect(servers.map(\.text) == ["53 udp_shop_dns_53 10.0.0.3:1053", "54 udp_shop_dns_53 10.0.0.3:1053"])
        #expect(
            findings(result) == [
                "ConfigMap ingress/udp data[54] warning stream-proxy-ignored",
                "ConfigMap ingress/udp data[55] error service-port-not-found",
            ]
        )
    }

    @Test func `the port of HTTP/3 is not one of UDP's`() throws {
        let offer = HTTP3Offer(publicPort: try #require(PortNumber(443)))
        let taken = try translated([:], udp: ["443": "shop/dns:53"]) { $0.http3 = offer }
        #expect(taken.codes.contains("stream-port-reserved"))
        #expect(try translated([:], udp: ["443": "shop/dns:53"]).configuration.streams != nil)
    }

    @Test(
        arguments: [
            (nil, true, ["note stream-configmap-assumed"]), (nil, false, ["error stream-configmap-not-found"]),
            ([:], false, []),
        ] as [([String: String]?, Bool, [String])]
    )
    func `a ConfigMap that is not there is told`(_ map: [String: String]?, _ assumes: Bool, _ found: [String]) throws {
        let result = try translated(map, udp: map) { $0.assumesMissingObjects = assumes }
        #expect(result.configuration.streams == nil)
        #expect(findings(result).filter { $0.contains("stream") } == found + found)
    }

    @Test func `a Service that a repository lacks is assumed`() throws {
        let result = try translated(["5000": "shop/nobody:81"]) { $0.assumesMissingObjects = true }
        #expect(result.configuration.streams?.servers.map(\.text) == ["5000 tcp_shop_nobody_81 192.0.2.1:81"])
        #expect(findings(result) == ["ConfigMap ingress/tcp data[5000] note service-assumed"])
    }

    @Test(
        arguments: [
            ("--with-stream", [], true), ("--with-stream=dynamic", ["ngx_stream_module.so"], true),
            ("--with-stream=dynamic", ["ngx_mail_module.so"], false), ("--with-http_ssl_module", [], false),
        ]
    )
    func `HTTP is served where nginx cannot serve TCP`(_ option: String, _ files: [String], _ can: Bool) throws {
        let nginx = try #require(
            NginxCapabilities(versionOutput: "nginx version: nginx/1.22.1 --modules-path=/modules \(option)")
        ).loading(from: files)
        let result = try translated(["5000": "shop/db:5432"]) { $0.capabilities = nginx }
        #expect((result.configuration.streams != nil) == can)
        #expect(result.codes.contains("stream-module-missing") == !can)
        #expect(result.configuration.servers.count == 2)
        let hint = result.diagnostics.first { $0.code == "stream-module-missing" }?.hint ?? ""
        let isPackaged = option.contains("dynamic") && !can
        #expect(hint.contains("libnginx-mod-stream") == isPackaged)
    }

    @Test func `nginx listens where it does for HTTP`() throws {
        let http = try #require(PortNumber(80))
        func places(_ global: [String: String]) throws -> [String]? {
            try translated(["5000": "shop/db:5432"], global: global) {
                $0.listeners = [Listener(.http, at: .port(http)), Listener(.http, at: .anyIPv6(http))]
            }.configuration.streams?.servers.flatMap(\.addresses).map(\.description)
        }
        #expect(try places([:]) == ["5000", "[::]:5000"])
        let addresses = ["bind-address": "192.0.2.1,2001:db8::1"]
        #expect(try places(addresses) == ["192.0.2.1:5000", "[2001:db8::1]:5000"])
    }

    @Test func `endpoints and entries count as they change`() throws {
        var cache = TranslationCache()
        let settings = try settings()
        var cluster = cluster(["5000": "shop/db:5432"], udp: [:], [:])
        _ = translate(cluster, with: settings, cache: &cache)
        cluster.endpointSlices[0] = slice("shop/db", ["10.0.0.9"], port: 5432, name: "postgres")
        let moved = translate(cluster, with: settings, cache: &cache)
        #expect(moved.configuration.streams?.servers.map(\.text) == ["5000 tcp_shop_db_5432 10.0.0.9:5432"])
        cluster.configMaps[1].data = ["5001": "shop/db:5432", "80": "shop/db:5432"]
        let changed = translate(cluster, with: settings, cache: &cache)
        #expect(changed.configuration.streams?.servers.map(\.port.value) == [5001])
        #expect(changed.codes.contains("stream-port-reserved"))
        cluster.configMaps[1].data = [:]
        let none = translate(cluster, with: settings, cache: &cache)
        #expect(none.configuration.streams == nil && !none.codes.contains("stream-port-reserved"))
    }

    @Test func `nobody is believed where it is not known who is`() throws {
        let known = try translated(["5000": "shop/db:5432:PROXY"], global: ["proxy-real-ip-cidr": "10.0.0.0/8"])
        #expect(known.configuration.streams?.settings.believedProxies.map(\.description) == ["10.0.0.0/8"])
        let unknown = try translated(["5000": "shop/db:5432:PROXY"], global: ["proxy-real-ip-cidr": "everybody"])
        #expect(unknown.configuration.streams?.settings.believedProxies == [])
    }
}

extension StreamServer {
    /// `5000 tcp_shop_db_5432 10.0.0.1:5432 reads sends`.
    fileprivate var text: String {
        let place =
            switch target {
            case .servers(let servers): servers.map(\.description).joined(separator: ",")
            case .name(let host, let port): "\(host):\(port)"
            }
        return "\(port) \(service) \(place)" + (readsProxyLine ? " reads" : "") + (sendsProxyLine ? " sends" : "")
    }
}
