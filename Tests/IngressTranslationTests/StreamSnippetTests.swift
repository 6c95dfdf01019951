import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The ports of TCP and UDP that snippets for `stream` open.
struct StreamSnippetTests {
    private static let web = rule("a.example", path("/"))

    private func translated(
        _ snippets: String...,
        global: [String: String] = [:],
        tcp: [String: String] = [:],
        _ change: (inout TranslationSettings) -> Void = { _ in }
    ) throws -> Translation {
        let ingresses = snippets.enumerated().map { number, snippet in
            ingress("shop/web-\(number)", at: Int64(number), annotations: ["stream-snippet": snippet], Self.web)
        }
        var cluster = snapshot(
            ingresses.isEmpty ? [ingress(Self.web)] : ingresses,
            services: [
                service("shop/db", Service.Port(name: "postgres", port: 5432)),
                service("blog/db", Service.Port(name: "postgres", port: 5432)),
                service("shop/dns", Service.Port(name: "dns", port: 53, transport: "UDP")), service("shop/web"),
                service("postern/db", Service.Port(name: "postgres", port: 5432)), service("shop/idle"),
            ],
            slices: [
                slice("shop/db", ["10.0.0.1", "10.0.0.2"], port: 5432, name: "postgres"),
                slice("blog/db", ["10.0.1.1"], port: 5432, name: "postgres"),
                slice("postern/db", ["10.0.2.1"], port: 5432, name: "postgres"), slice("shop/web", ["10.0.0.3"]),
            ]
        )
        let allowed = ["allow-snippet-annotations": "true", "annotations-risk-level": "Critical"]
        cluster.configMaps = [
            globalConfigMap(allowed.merging(global) { $1 }), ConfigMap(metadata: metadata("ingress/tcp"), data: tcp),
        ]
        let settings = try settings {
            $0.globalConfigMap = globalName
            $0.tcpServices = NamespacedName("ingress/tcp")
            change(&$0)
        }
        return translate(cluster, with: settings)
    }

    private func server(_ snippet: String) throws -> StreamServer {
        let result = try translated(snippet)
        #expect(result.codes == [])
        return try #require(result.configuration.streams?.servers.first)
    }

    // MARK: Ports

    @Test(
        arguments: [
            ("listen 5000; proxy_pass db:5432;", "tcp_shop_db_5432 10.0.0.1:5432 10.0.0.2:5432"),
            ("listen 5000; proxy_pass db.shop:5432;", "tcp_shop_db_5432 10.0.0.1:5432 10.0.0.2:5432"),
            ("listen 5000; proxy_pass DB.shop.svc:5432;", "tcp_shop_db_5432 10.0.0.1:5432 10.0.0.2:5432"),
            ("listen 5000; proxy_pass db.shop.svc.cluster.local:5432;", "tcp_shop_db_5432 10.0.0.1:5432 10.0.0.2:5432"),
            ("listen 5000; proxy_pass 192.0.2.7:5432;", "tcp_own_shop_web-0_5000 192.0.2.7:5432"),
            ("listen 5000; proxy_pass [2001:db8::7]:5432;", "tcp_own_shop_web-0_5000 [2001:db8::7]:5432"),
            ("listen 5000; proxy_pass db.example:5432;", "tcp_own_shop_web-0_5000 db.example:5432"),
            ("listen 5000; proxy_pass rds.eu.example.com:5432;", "tcp_own_shop_web-0_5000 rds.eu.example.com:5432"),
            (
                "listen 5000 proxy_protocol; proxy_pass db:5432; proxy_protocol on;",
                "tcp_shop_db_5432 10.0.0.1:5432 10.0.0.2:5432 reads sends"
            ),
        ]
    )
    func `a server leads to the endpoints of a Service, or to another host`(
        _ block: String,
        _ expected: String
    ) throws {
        #expect(try server("server { \(block) }").text == "5000 at 5000 \(expected)")
    }

    @Test(
        arguments: [
            ("listen 5000; listen [::]:5000;", ["5000 at 5000"]),
            ("listen *:5000 reuseport;", ["5000 at 5000"]),
            ("listen 192.0.2.1:5000; listen [2001:db8::1]:5000;", ["5000 at 192.0.2.1:5000 [2001:db8::1]:5000"]),
            ("listen 192.0.2.1:5000; listen 5000;", ["5000 at 5000"]),
            ("listen 5001; listen 5000;", ["5000 at 5000", "5001 at 5001"]),
        ]
    )
    func `a server listens at each of its ports`(_ listens: String, _ expected: [String]) throws {
        let result = try translated("server { \(listens) proxy_pass db:5432; }")
        #expect(result.configuration.streams?.servers.map(\.place) == expected)
        #expect(result.codes == [])
    }

    @Test func `what a server says counts for its connections`() throws {
        let server = try server(
            """
            proxy_timeout 5m; tcp_nodelay off; allow 192.0.2.0/24;
            server {
                listen 5000; proxy_pass db:5432; proxy_timeout 1h; proxy_upload_rate 100k;
                allow 10.0.0.0/8; deny all; access_log off;
            }
            """
        )
        let additions = try #require(server.additions?.value)
        #expect("\(additions.settings)" == "proxy_timeout 1h; proxy_upload_rate 100k; tcp_nodelay off")
        #expect(additions.access.map(\.isAllowed) == [true, false])
        #expect(!additions.isLogged && additions.upstream == nil)
        #expect(server.field == "metadata.annotations[nginx.ingress.kubernetes.io/stream-snippet]")
    }

    @Test(
        arguments: [
            ("least_conn; server db:5432;", .leastConnections), ("random; server db:5432;", .random(ofTwo: false)),
            ("random two least_conn; server db:5432;", .random(ofTwo: true)),
        ] as [(String, StreamUpstream.Balancing)]
    )
    func `an upstream says who is asked`(_ block: String, _ balancing: StreamUpstream.Balancing) throws {
        let server = try server("server { listen 5000; proxy_pass u; } upstream u { \(block) }")
        #expect(server.additions?.value.upstream == StreamUpstream(balancing))
        #expect(server.target.servers.count == 2)
    }

    @Test(arguments: ["hash $remote_addr;", "hash ${binary_remote_addr}$remote_port consistent;"])
    func `clients of one key are led to one server`(_ directive: String) throws {
        let server = try server("server { listen 5000; proxy_pass u; } upstream u { \(directive) server db:5432; }")
        guard case .hash(let key, let isConsistent) = server.additions?.value.upstream?.balancing else {
            Issue.record("there is no hash")
            return
        }
        #expect(key.parts.count == (isConsistent ? 2 : 1))
        #expect(isConsistent == directive.contains("consistent"))
    }

    @Test func `servers of an upstream keep their parameters`() throws {
        let server = try server(
            """
            upstream u {
                server db:5432 weight=2;
                server 192.0.2.7:5432 backup max_fails=3 fail_timeout=20s max_conns=9;
            }
            server { listen 5000; proxy_pass u; }
            """
        )
        #expect(server.service.value == "tcp_own_shop_web-0_5000")
        #expect(server.target.servers.map(\.description) == ["10.0.0.1:5432", "10.0.0.2:5432", "192.0.2.7:5432"])
        let members = try #require(server.additions?.value.upstream?.members)
        #expect(server.target.servers.map { members[$0]?.weight?.value } == [2, 2, nil])
        #expect(server.target.servers.map { members[$0]?.isBackup } == [false, false, true])
        #expect(members[server.target.servers[2]]?.mostConnections == Number(9))
    }

    // MARK: What is refused

    @Test(
        arguments: [
            "listen 5000; proxy_pass db:5432; ssl_preread on;", "listen 5000 ssl; proxy_pass db:5432;",
            "listen 5000; proxy_pass db:5432; limit_conn addr 1;", "listen 5000; proxy_pass db:5432; proxy_ssl on;",
            "listen 5000; proxy_pass db:5432; include /etc/passwd;", "listen 5000; proxy_pass db:5432; js_access a;",
            "listen 5000; proxy_pass db:5432; allow everybody;", "listen 5000; proxy_pass db:5432; proxy_timeout soon;",
            "listen 5000; proxy_pass db:5432; access_log /etc/cron.d/x;", "listen 5000; proxy_pass db:5432; gzip on;",
            "listen 5000; proxy_pass localhost:80;", "listen 5000; proxy_pass 127.0.0.1:10254;",
            "listen 5000; proxy_pass [::1]:80;", "listen 5000; proxy_pass 0x7f.1:80;", "listen 5000; proxy_pass $a:80;",
            "listen 5000; proxy_pass unix:/run/postern.sock;", "listen 5000; proxy_pass db;",
            "listen 5000; proxy_pass db:postgres;", "listen 5000; proxy_pass other;", "listen 5000; return hello;",
            "listen 5000;", "proxy_pass db:5432;", "listen unix:/tmp/a; proxy_pass db:5432;",
            "listen 5000-5002; proxy_pass db:5432;", "listen somewhere:5000; proxy_pass db:5432;",
            "listen 5000 udp proxy_protocol; proxy_pass dns:53;", "listen 0; proxy_pass db:5432;",
            "listen 5000; listen [::]:5000 proxy_protocol; proxy_pass db:5432;",
            "listen 5000; proxy_pass db:5432; proxy_pass dns:53;", "listen 5000; proxy_pass db:5432; { }",
            "listen 5000; proxy_pass db:5432; set $a b;", "listen 5000; proxy_pass db:5432 x;",
        ]
    )
    func `a server of which anything is refused opens no port`(_ block: String) throws {
        let result = try translated("server { \(block) }\nserver { listen 5001; proxy_pass db:5432; }")
        let isReadable = !block.contains("{ }")
        #expect(result.configuration.streams?.servers.map(\.port.value) == (isReadable ? [5001] : nil))
        #expect(result.diagnostics.count == 1, "\(result.diagnostics.map(\.message))")
        #expect(result.codes == [isReadable ? "snippet-refused" : "annotation-invalid"])
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
    }

    @Test(
        arguments: [
            ("server db:5432 slow_start=3s;", "slow_start"), ("server unix:/a;", "file"), ("", "no server"),
            ("server db:5432 backup;", "no server"), ("hash $ssl_preread_server_name; server db:5432;", "not known"),
            ("random; server db:5432; server 192.0.2.7:1 backup;", "backup"), ("ip_hash; server db:5432;", "ip_hash"),
            ("server db:5432 weight=0;", "weight=0"), ("keepalive 3; server db:5432;", "keepalive"),
        ]
    )
    func `an upstream of which anything is refused is none`(_ block: String, _ word: String) throws {
        let result = try translated("upstream u { \(block) } server { listen 5000; proxy_pass u; }")
        #expect(result.configuration.streams == nil)
        #expect(result.codes == ["snippet-refused", "snippet-refused"])
        #expect(result.diagnostics.contains { $0.message.contains(word) }, "\(result.diagnostics.map(\.message))")
    }

    @Test(arguments: ["deny nobody;", "limit_conn addr 1;", "ssl_certificate /a;", "js_import a;", "mail { }"])
    func `a guard of all servers that is refused closes them all`(_ directive: String) throws {
        let result = try translated("\(directive) server { listen 5000; proxy_pass db:5432; }")
        #expect(result.configuration.streams == nil && result.codes == ["snippet-refused"])
        let others = try translated(global: ["stream-snippet": directive], tcp: ["5001": "shop/db:5432"])
        #expect(others.configuration.streams == nil && others.codes == ["snippet-refused"])
        #expect(others.answer("a.example", "/") == "shop_web_80 /")
    }

    @Test(arguments: [
        "log_format a '$remote_addr';", "resolver 10.0.0.1;", "map $remote_addr $a { default b; }",
        "limit_conn_zone $binary_remote_addr zone=a:10m;", "upstream u { server db:5432; }",
    ])
    func `what ports are served without is left out`(_ directive: String) throws {
        let result = try translated("\(directive) server { listen 5000; proxy_pass db:5432; }")
        #expect(result.configuration.streams?.servers.count == 1)
        #expect(result.codes == [directive.hasPrefix("upstream") ? "snippet-needless" : "snippet-refused"])
        #expect(!result.diagnostics.contains { $0.severity == .error })
    }

    @Test func `a Service of another namespace is reached where the global ConfigMap says so`() throws {
        let snippet = "server { listen 5000; proxy_pass db.blog.svc.cluster.local:5432; }"
        let closed = try translated(snippet)
        #expect(closed.configuration.streams == nil && closed.codes == ["stream-service-invalid"])
        let open = try translated(snippet, global: ["allow-cross-namespace-resources": "true"])
        #expect(open.configuration.streams?.servers.map(\.service.value) == ["tcp_blog_db_5432"])
        let global = try translated(global: ["stream-snippet": snippet])
        #expect(global.configuration.streams?.servers.map(\.service.value) == ["tcp_blog_db_5432"])
    }

    @Test func `a Service without a namespace is one of the snippet's own`() throws {
        let result = try translated(global: ["stream-snippet": "server { listen 5000; proxy_pass db:5432; }"])
        #expect(result.configuration.streams?.servers.map(\.service.value) == ["tcp_postern_db_5432"])
        #expect(result.configuration.streams?.servers.map(\.field) == ["data[stream-snippet]"])
    }

    @Test(
        arguments: [
            ("nobody:80", "service-not-found"), ("db:81", "service-port-not-found"),
            ("dns:53", "service-port-not-found"), ("idle:80", "service-without-endpoints"),
        ]
    )
    func `a port whose Service has nobody is closed`(_ host: String, _ code: String) throws {
        let result = try translated("server { listen 5000; proxy_pass \(host); }")
        #expect(result.configuration.streams == nil && result.codes == [code])
    }

    // MARK: Whose it is

    @Test func `snippets of Ingresses have no effect unless the ConfigMap says so`() throws {
        let result = try translated(
            "server { listen 5000; proxy_pass db:5432; }",
            global: ["allow-snippet-annotations": "false", "annotations-risk-level": "Critical"]
        )
        #expect(result.configuration.streams == nil && result.codes == ["annotation-not-read"])
        #expect(result.answer("a.example", "/") == "shop_web_80 /")
    }

    @Test func `a port is that of who comes first`() throws {
        func snippet(_ port: Int) -> String { "server { listen \(port); proxy_pass db:5432; }" }
        let result = try translated(
            snippet(5000) + snippet(5002) + snippet(5003),
            snippet(5000) + snippet(5001),
            global: ["stream-snippet": snippet(5001) + snippet(5002)],
            tcp: ["5002": "shop/idle:80"]
        )
        let servers = result.configuration.streams?.servers ?? []
        let owners = servers.map { "\($0.port) \($0.origin?.description ?? "")" }
        #expect(
            owners == ["5000 Ingress shop/web-0", "5001 ConfigMap \(globalName)", "5003 Ingress shop/web-0"]
        )
        #expect(result.codes.count { $0 == "stream-port-taken" } == 4)
    }

    @Test(arguments: [80, 443, 10_254, 9_000])
    func `ports of nginx and of the controller are not opened`(_ port: Int) throws {
        let reserved = try #require(PortNumber(9_000))
        let result = try translated("server { listen \(port); proxy_pass db:5432; }") { $0.reservedPorts = [reserved] }
        #expect(result.configuration.streams == nil && result.codes == ["stream-port-reserved"])
    }

    @Test func `the global snippet holds for all ports`() throws {
        let result = try translated(
            "server { listen 5000; proxy_pass db:5432; proxy_connect_timeout 9s; }",
            global: ["stream-snippet": "proxy_connect_timeout 2s; deny 192.0.2.1;"],
            tcp: ["5001": "shop/db:5432"]
        )
        let additions = (result.configuration.streams?.servers ?? []).map(\.additions?.value)
        let texts = additions.map { $0?.settings.description }
        #expect(texts == ["proxy_connect_timeout 9s", "proxy_connect_timeout 2s"])
        #expect(additions.map { $0?.access.count } == [1, 1])
    }

    @Test func `text that nginx could not read closes what it is about`() throws {
        let own = try translated("server { listen 5000; proxy_pass db:5432;", tcp: ["5001": "shop/db:5432"])
        #expect(own.configuration.streams?.servers.map(\.port.value) == [5001])
        let global = try translated(global: ["stream-snippet": "server {"], tcp: ["5001": "shop/db:5432"])
        #expect(global.configuration.streams == nil && global.codes == ["configmap-key-invalid"])
    }

    @Test func `ports come and go with their Ingress`() throws {
        var cache = TranslationCache()
        let settings = try settings { $0.globalConfigMap = globalName }
        let map = globalConfigMap(["allow-snippet-annotations": "true"])
        func ports(_ annotations: [String: String], _ addresses: [String]) -> [String] {
            var cluster = snapshot(
                [ingress(annotations: annotations, Self.web)],
                services: [service("shop/web")],
                slices: [slice("shop/web", addresses)]
            )
            cluster.configMaps = [map]
            let result = translate(cluster, with: settings, cache: &cache)
            return (result.configuration.streams?.servers ?? []).map { $0.target.servers.map(\.description).joined() }
        }
        let snippet = ["stream-snippet": "server { listen 5000; proxy_pass web:80; }"]
        #expect(ports([:], ["10.0.0.1"]) == [])
        #expect(ports(snippet, ["10.0.0.1"]).count == 1)
        #expect(ports(snippet, ["10.0.0.9"]).first?.hasPrefix("10.0.0.9") == true)
        #expect(ports([:], ["10.0.0.9"]) == [])
    }
}

extension StreamServer {
    /// `5000 at 5000`.
    fileprivate var place: String { "\(port) at \(addresses.map(\.description).joined(separator: " "))" }

    /// `5000 at 5000 tcp_shop_db_5432 10.0.0.1:5432 reads sends`.
    fileprivate var text: String {
        let servers =
            switch target {
            case .servers(let servers): servers.map(\.description).joined(separator: " ")
            case .name(let host, let port): "\(host):\(port)"
            }
        return "\(place) \(service) \(servers)" + (readsProxyLine ? " reads" : "") + (sendsProxyLine ? " sends" : "")
    }
}
