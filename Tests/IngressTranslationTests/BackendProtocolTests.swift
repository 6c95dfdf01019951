import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration
import Testing

/// The protocols of the endpoints of a Service.
struct BackendProtocolTests {
    private func web(_ name: String, _ host: String, _ annotations: [String: String] = [:]) -> Ingress {
        ingress(name, annotations: annotations, rule(host, path("/")))
    }

    private func transports(_ translation: Translation) -> [BackendProtocol] {
        translation.configuration.upstreams.map(\.policy.transport.speaks)
    }

    @Test func `Ingresses that speak otherwise have upstreams of their own`() throws {
        let result = try translated(
            web("shop/a", "a.example"),
            web("shop/b", "b.example", ["backend-protocol": " grpc "]),
            web("shop/c", "c.example", ["backend-protocol": "HTTPS"]),
            web("shop/d", "d.example", ["backend-protocol": "http"])
        )
        #expect(Set(transports(result)) == [.http, .grpc, .https])
        #expect(transports(result).count == 3)
        #expect(Set(result.configuration.upstreams.map(\.name)).count == 3)
        #expect(result.codes == [])
    }

    @Test(arguments: ["FCGI", "fcgi"]) func `FastCGI is told a file and parameters by its own annotations alone`(
        _ text: String
    ) throws {
        let index = ["fastcgi-index": "index.php"]
        let result = try translated(
            web("shop/a", "a.example", index.merging(["backend-protocol": text]) { $1 }),
            web("shop/b", "b.example", index)
        )
        #expect(transports(result).sorted { $0.rawValue < $1.rawValue } == [.fastCGI, .http])
        #expect(result.codes == ["fastcgi-not-spoken"])
        let reported = result.configuration.servers.flatMap(\.locations).compactMap(\.policy.value.fastCGI)
        #expect(reported == [FastCGI(index: Text(known: "index.php"))])
    }

    @Test func `parameters follow their ConfigMap as it comes, changes and goes`() throws {
        let annotations = ["backend-protocol": "FCGI", "fastcgi-params-configmap": "php"]
        var cluster = snapshot(
            [web("shop/a", "a.example", annotations)],
            services: [service()],
            slices: [slice("shop/web", ["10.0.0.1"])]
        )
        let settings = try settings { $0.assumesMissingObjects = false }
        var cache = TranslationCache()
        func reported() -> [String: String]? {
            let result = translate(cluster, with: settings, cache: &cache)
            #expect(result.configuration == translate(cluster, with: settings).configuration)
            let location = result.configuration.servers.flatMap(\.locations).first { $0.origin != nil }
            guard case .proxy? = location?.action else { return nil }
            let parameters = location?.policy.value.fastCGI?.parameters.parameters ?? []
            return Dictionary(parameters.map { ($0.name.value, "\($0.value)") }) { first, _ in first }
        }
        #expect(reported() == nil)
        for file in ["/a.php", "/b.php"] {
            cluster.configMaps = [ConfigMap(metadata: metadata("shop/php"), data: ["SCRIPT_FILENAME": file])]
            #expect(reported() == ["SCRIPT_FILENAME": file])
        }
        cluster.configMaps = [ConfigMap(metadata: metadata("shop/php"), data: ["A B": "c"])]
        #expect(reported() == nil)
        cluster.configMaps = []
        #expect(reported() == nil)
    }

    @Test(arguments: ["a/b.php", "$x", "a b", "a;b", "-x"])
    func `what is no name of a file is told, and no file is named`(_ text: String) throws {
        let annotations = ["backend-protocol": "FCGI", "fastcgi-index": text]
        let result = try translated(web("shop/a", "a.example", annotations))
        #expect(result.codes == ["annotation-invalid"])
        #expect(result.configuration.servers.flatMap(\.locations).allSatisfy { $0.policy.value.fastCGI == nil })
    }

    @Test(arguments: ["H2C", "grpc; }", "HTTP HTTPS", "AJP"])
    func `what is no protocol is told, and HTTP is spoken`(_ text: String) throws {
        let result = try translated(web("shop/a", "a.example", ["backend-protocol": text]))
        #expect(result.codes == ["annotation-invalid"])
        #expect(transports(result) == [.http])
    }

    @Test func `without its module nobody is spoken to`() throws {
        let output = "nginx version: nginx/1.22.1\n--without-http_grpc_module"
        let lacking = try settings { $0.capabilities = NginxCapabilities(versionOutput: output) }
        let result = try translated(web("shop/a", "a.example", ["backend-protocol": "GRPC"]), with: lacking)
        #expect(result.codes == ["protocol-not-built"])
        let actions = result.configuration.servers.flatMap(\.locations).filter { $0.origin != nil }.map(\.action)
        #expect(actions == [.status(.serviceUnavailable)])
    }

    @Test func `a canary is spoken with as the other Ingress is, and follows its own endpoints`() throws {
        var next = web("shop/next", "a.example", ["canary": "true", "canary-weight": "10"])
        next.rules[0].paths?[0].backend = .service(name: "next", port: .number(80))
        var cluster = snapshot(
            [web("shop/a", "a.example", ["backend-protocol": "GRPC"]), next],
            services: [service(), service("shop/next")],
            slices: [slice("shop/web", ["10.0.0.1"]), slice("shop/next", ["10.0.0.2"])]
        )
        let settings = try settings { $0.assumesMissingObjects = false }
        var cache = TranslationCache()
        let result = translate(cluster, with: settings, cache: &cache)
        #expect(transports(result) == [.grpc, .grpc])
        cluster.endpointSlices[1] = slice("shop/next", ["10.0.0.3"])
        let other = translate(cluster, with: settings, cache: &cache)
        #expect(other.configuration == translate(cluster, with: settings).configuration)
        let servers = other.configuration.upstreams.flatMap(\.servers).map(\.description)
        #expect(servers.sorted() == ["10.0.0.1:8080", "10.0.0.3:8080"])
    }
}
