import ControllerTestSupport
import Foundation
import TestSupport
import Testing

/// The addresses at which the controller has ports of TCP and UDP served.
@Suite(.timeLimit(.minutes(10)))
struct StreamAddressTests {
    private static let options = ["--tcp-services-configmap", "ingress/tcp", "--udp-services-configmap", "ingress/udp"]

    /// Runs Redis by TCP and a name server by UDP at the address of endpoints.
    private static func backends(_ tcp: UInt16, _ udp: UInt16, body: () async throws -> Void) async throws {
        let redis =
            "\(try Tool("redis-server").path) --bind 0.0.0.0 --protected-mode no --port \(tcp) --save '' --dir /tmp"
        let names = "--no-resolv --no-hosts --conf-file=/dev/null --address=/db.example/192.0.2.44 --user=$(id -un)"
        let place = "--pid-file --bind-interfaces --listen-address=\(StreamManifest.address) --port=\(udp)"
        let server = "\(try Tool("dnsmasq").path) --keep-in-foreground \(names) \(place)"
        let script = """
            (\(redis)) </dev/null >/dev/null 2>&1 & one=$!
            (\(server)) </dev/null >/dev/null 2>&1 & two=$!
            read -r line; kill $one $two; wait
            """
        try await Guardian.run(script, over: "", body: body)
    }

    /// What Redis says that answers at a place.
    private static func ping(_ host: String, _ port: UInt16) async throws -> String {
        try await Tool("redis-cli").run(["-h", host, "-p", "\(port)", "ping"]).text
    }

    /// What a name server says that answers at a place.
    private static func resolve(_ host: String, _ port: UInt16) async throws -> String {
        let question = ["@\(host)", "-p", "\(port)", "+short", "+tries=1", "+time=2", "db.example", "A"]
        return try await Tool("dig").run(question).text
    }

    private static func use(
        _ settings: String,
        isIPv6: Bool,
        body: (ControllerSite, UInt16) async throws -> Void
    ) async throws {
        let (redis, names, port) = (try ClaimedPort.next(), try ClaimedPort.next(), try ClaimedPort.next())
        // Claimed ports are marked as such by UDP, and begin above these.
        let (udp, backend) = (port - 3_000, names - 3_000)
        try await backends(redis, backend) {
            try await ControllerSite.use { site in
                var site = site
                site.usesIPv6 = isIPv6
                try site.write(Manifest.ingress("a"), to: "a.yaml")
                try site.write(StreamManifest.text(to: redis, port), to: "tcp.yaml")
                try site.write(StreamManifest.text(to: backend, udp, in: "udp"), to: "udp.yaml")
                let map = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: global, namespace: ingress}\n"
                try site.write(map + "data: {\(settings)}\n", to: "global.yaml")
                let more = ["--configmap", "ingress/global", "--healthz-port", "\(site.healthPort)"]
                _ = try await site.run(options + more) { _ in try await body(site, port) }
            }
        }
    }

    @Test func `they are served by IPv4 and by IPv6`() async throws {
        try await Self.use("", isIPv6: true) { site, port in
            for host in ["127.0.0.1", "::1"] {
                try await eventually("Redis answers at \(host)") { try await Self.ping(host, port) == "PONG\n" }
                try await eventually("names are resolved at \(host)") {
                    try await Self.resolve(host, port - 3_000) == "192.0.2.44\n"
                }
            }
            try await eventually("both are counted") {
                let counts = [("tcp", port), ("udp", port - 3_000)].map { transport, port in
                    "postern_port_sessions_total{transport=\"\(transport)\",port=\"\(port)\",status=\"200\"} "
                }
                let metrics = await site.metrics
                return counts.allSatisfy { metrics.contains($0) }
            }
        }
    }

    @Test func `they are served at the addresses of bind-address alone`() async throws {
        try await Self.use("bind-address: \"\(StreamManifest.address), ::1\"", isIPv6: true) { _, port in
            for host in [StreamManifest.address, "::1"] {
                try await eventually("Redis answers at \(host)") { try await Self.ping(host, port) == "PONG\n" }
                try await eventually("names are resolved at \(host)") {
                    try await Self.resolve(host, port - 3_000) == "192.0.2.44\n"
                }
            }
            #expect(try await Self.ping("127.0.0.1", port) != "PONG\n")
            #expect(try await Self.resolve("127.0.0.1", port - 3_000) != "192.0.2.44\n")
        }
    }
}
