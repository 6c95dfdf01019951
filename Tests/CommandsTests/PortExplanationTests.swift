import Foundation
import TestSupport
import Testing

/// Ports of TCP and UDP, as `explain` has them.
struct PortExplanationTests {
    private static let files = [
        "web.yaml": ingress(),
        "db.yaml": """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {ports: [{name: db, port: 5432}]}
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: db-1, namespace: shop, labels: {kubernetes.io/service-name: db}}
        addressType: IPv4
        endpoints: [{addresses: [10.1.0.12]}, {addresses: [10.1.0.11]}]
        ports: [{name: db, port: 5432, protocol: TCP}]

        """,
        "maps.yaml": """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: tcp, namespace: ingress}
        data:
          "5432": shop/db:5432::PROXY
          "6379": shop/db:9
          "80": shop/db:5432
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: global, namespace: ingress}
        data:
          stream-snippet: |
            deny 192.0.2.0/24;
            proxy_timeout 5s;
            server { listen 5353 udp; proxy_pass 192.0.2.53:53; }

        """,
    ]

    private static let options = [
        "explain", "--configmap", "ingress/global", "--tcp-services-configmap", "ingress/tcp", "--nginx-version",
        "1.30.0",
    ]

    private func explained(_ arguments: String...) async throws -> (status: Int32?, text: String, errors: String) {
        try await CommandLine.use(Self.files) { shell in
            let outcome = try await shell.run(Self.options + arguments + ["."])
            return (outcome.status, outcome.text, outcome.errors)
        }
    }

    @Test func `a port leads to the endpoints of its Service`() async throws {
        let outcome = try await explained("tcp://db.example:5432")
        #expect(outcome.status == 0, "\(outcome.errors)")
        for line in [
            "tcp://db.example:5432", "  TCP port 5432  ConfigMap ingress/tcp  ./maps.yaml:5  nginx.conf:",
            "listens    5432, [::]:5432", "clients    deny 192.0.2.0/24", "set        proxy_timeout 5s",
            "sends      a line",
            "endpoints  10.1.0.11:5432, 10.1.0.12:5432  nginx.conf:", "answer     passed on to shop/db:5432",
        ] {
            #expect(outcome.text.contains(line), "\(line) in \(outcome.text)")
        }
        #expect(!outcome.text.contains("findings"))
    }

    @Test func `a client that is not served is told apart`() async throws {
        let outcome = try await explained("--client-ip", "192.0.2.7", "tcp://:5432")
        #expect(outcome.text.contains("answer     the connection is closed: clients at 192.0.2.7 are not served"))
    }

    @Test func `a port of a snippet is that of UDP alone`() async throws {
        let udp = try await explained("--format", "json", "udp://dns.example:5353")
        #expect(udp.text.contains("passed on to 192.0.2.53:53") && udp.text.contains("maps.yaml:"), "\(udp.text)")
        let tcp = try await explained("tcp://dns.example:5353")
        #expect(tcp.text.contains("answer  closed: nothing is served at TCP port 5353"), "\(tcp.text)")
    }

    @Test(arguments: [
        ("tcp://db.example:6379", "closed: nothing", "service-port-not-found"),
        (
            "TCP://db.example:80", "nginx serves HTTP there; explain a URL, such as http://db.example/",
            "stream-port-reserved"
        ),
        ("tcp://db.example:637", "closed: nothing is served at TCP port 637", ""),
    ])
    func `a closed port says why`(_ url: String, _ answer: String, _ code: String) async throws {
        let outcome = try await explained(url)
        #expect(outcome.text.contains("answer  \(answer)"), "\(outcome.text)")
        #expect(outcome.text.contains("findings about it:") == !code.isEmpty)
        #expect(outcome.text.contains("[\(code)]") == !code.isEmpty)
    }

    @Test func `the port of HTTP/3 is one of UDP's`() async throws {
        let served = try await explained("--http3", "udp://db.example:443")
        #expect(served.text.contains("answer  nginx serves HTTP/3 there; explain a URL, such as https://db.example/"))
        let closed = try await explained("udp://db.example:443")
        #expect(closed.text.contains("answer  closed: nothing is served at UDP port 443"), "\(closed.text)")
    }

    @Test(arguments: [
        ["tcp://db.example"], ["tcp://db.example:0"], ["udp://:x"], ["tcp://a b:5432"],
        ["--method", "POST", "tcp://db.example:5432"],
        ["--header", "A: b", "tcp://db.example:5432"], ["--client-ip", "x", "tcp://db.example:5432"],
    ])
    func `what is no port, or is of requests, is refused`(_ arguments: [String]) async throws {
        try await CommandLine.use(Self.files) { shell in
            let outcome = try await shell.run(Self.options + arguments + ["."])
            #expect(outcome.status != 0 && outcome.text.isEmpty && !outcome.errors.isEmpty)
        }
    }
}
