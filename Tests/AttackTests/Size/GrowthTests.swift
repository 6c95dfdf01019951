import Diagnostics
import CoreFoundation
import Foundation
import IngressTranslation
import KubernetesModel
import Manifests
import NginxRendering
import NginxSyntax
import ProxyConfiguration
import Testing

/// Costs in proportion to what a tenant may have very many of, from reading to rendering.
@Suite(.serialized)
struct GrowthTests {
    /// How much more than before twice the input may cost: what grows with the square takes four times as long.
    private static let limit = 2.8

    private let renderer: ConfigurationRenderer
    private let settings: TranslationSettings

    init() throws {
        var diagnostics: [Diagnostic] = []
        renderer = try #require(
            ConfigurationRenderer(for: NginxCapabilities(version: NginxVersion(1, 22, 1)), diagnostics: &diagnostics)
        )
        settings = TranslationSettings(
            fallbackCertificate: PrivateFile(
                .certificate,
                file: try #require(FilePath("tls/default.pem")),
                content: .init([])
            ),
            listeners: [
                Listener(.http, at: .port(try #require(PortNumber(80)))),
                Listener(.https, at: .port(try #require(PortNumber(443)))),
            ],
            now: 1_800_000_000
        )
    }

    @Test func `many hosts in one Ingress`() throws {
        try expectGrowth(of: Attack.count(1_500, whole: 20_000)) { count in
            let hosts = (0..<count).map { "h\($0).example" }
            return """
                spec:
                  ingressClassName: nginx
                  tls: [{hosts: [\(hosts.joined(separator: ", "))], secretName: gone}]
                  rules:
                \(hosts.map { Self.rule($0, "/") }.joined())
                """
        }
    }

    @Test func `many entries of TLS, and hosts that none of them lists`() throws {
        try expectGrowth(of: Attack.count(1_000, whole: 10_000)) { count in
            """
            spec:
              ingressClassName: nginx
              tls:
            \((0..<count).map { "  - {hosts: [h\($0).example], secretName: s\($0)}\n" }.joined())
              rules:
            \((0..<count).map { Self.rule("h\($0).example", "/") + Self.rule("u\($0).example", "/") }.joined())
            """
        }
    }

    @Test func `many paths on one host`() throws {
        try expectGrowth(of: Attack.count(1_000, whole: 20_000)) { count in
            """
            spec:
              ingressClassName: nginx
              rules:
            \((0..<count).map { Self.rule("a.example", "/p\($0)") + Self.rule("a.example", "/e\($0)/", "Exact") }.joined())
            """
        }
    }

    @Test func `many Ingresses on one host`() throws {
        let size = Attack.count(1_000, whole: 10_000)
        try expectGrowth(of: size) { count in
            (0..<count).map { number in
                ManifestFile(
                    name: "\(number).yaml",
                    text: Self.ingress("i\(number)") + "spec: {ingressClassName: nginx, rules: [{host: a.example, "
                        + "http: {paths: [\(Self.path("/p\(number % (size / 2))", "Prefix"))]}}]}\n"
                )
            }
        }
    }

    private static func rule(_ host: String, _ path: String, _ type: String = "Prefix") -> String {
        "  - {host: \(host), http: {paths: [\(self.path(path, type))]}}\n"
    }

    private static func path(_ path: String, _ type: String) -> String {
        "{path: \(path), pathType: \(type), backend: {service: {name: web, port: {number: 80}}}}"
    }

    private static func ingress(_ name: String) -> String {
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: \(name), namespace: shop}\n"
    }

    private func expectGrowth(of count: Int, _ spec: (Int) -> String) throws {
        try expectGrowth(of: count) { [ManifestFile(name: "web.yaml", text: Self.ingress("web") + spec($0))] }
    }

    /// The least of some measurements counts, and they are repeated: others use the machine too.
    private func expectGrowth(of count: Int, _ input: (Int) -> [ManifestFile]) throws {
        let (small, large) = (input(count), input(2 * count))
        var (short, long) = (Double.infinity, Double.infinity)
        for _ in 0..<6 {
            short = min(short, cost(of: small))
            long = min(long, cost(of: large))
            if long < Self.limit * short { return }
        }
        #expect(long < Self.limit * short, "\(count): \(short) s, twice as many: \(long) s")
    }

    /// Seconds of the processor.
    private func cost(of files: [ManifestFile]) -> Double {
        let start = Self.processorTime
        let (snapshot, _) = ManifestReader().read(files)
        let translation = translate(snapshot, with: settings)
        let generation = renderer.render(translation.configuration)
        // What nobody needs might not be computed.
        precondition(generation.files.count > 0 && !translation.configuration.servers.isEmpty)
        return Self.processorTime - start
    }

    /// That of this thread, on which all of it runs.
    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
