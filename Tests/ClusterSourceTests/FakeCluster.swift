import APIServerTestSupport
import ClusterSource
import KubernetesClient
import KubernetesModel
import TestSupport
import Timing

/// A fake API server with Postern's kinds, and a source that reads it.
struct FakeCluster: Sendable {
    let server: FakeAPIServer
    let source: ClusterSource
    let changes: ConnectionChanges

    static let ingresses = "/apis/networking.k8s.io/v1/ingresses"
    static let ingressClasses = "/apis/networking.k8s.io/v1/ingressclasses"
    static let services = "/api/v1/services"
    static let slices = "/apis/discovery.k8s.io/v1/endpointslices"
    static let secrets = "/api/v1/secrets"
    static let namespaces = "/api/v1/namespaces"
    static let configMaps = "/api/v1/configmaps"

    /// Runs `body` with a source that watches.
    ///
    /// - Parameter prepare: Changes the server before the source asks anything.
    static func use(
        _ scope: ClusterScope = ClusterScope(),
        resources: [String: String] = modern,
        globalConfigMap: NamespacedName? = nil,
        streamConfigMaps: [NamespacedName] = [],
        prepare: @Sendable @escaping (FakeAPIServer) async throws -> Void = { _ in },
        _ body: @Sendable @escaping (FakeCluster) async throws -> Void
    ) async throws {
        try await FakeAPIServer.use { server in
            for (path, kind) in resources { await server.serve(path, kind: kind) }
            try await prepare(server)
            let changes = ConnectionChanges()
            let pace = ReflectorPace(
                backoff: Backoff(first: .milliseconds(1)),
                forbidden: Backoff(first: .milliseconds(20))
            )
            let client = APIClient(ClusterConfiguration(server: server.url))
            // As of a controller in the namespace `ingress`, for whom all classes are.
            var names = NamedObjects()
            names.globalConfigMap = globalConfigMap
            names.streamConfigMaps = streamConfigMaps
            names.parameters = { $0.parameters?.configMap(orIn: "ingress") }
            names.configMaps = { ingress, _ in
                let name = ingress.metadata.annotations["a.example/headers"]
                return name.map { [NamespacedName(namespace: ingress.metadata.namespace, name: $0)] } ?? []
            }
            names.nestedConfigMaps = { $0.data["add-headers"].flatMap { NamespacedName($0) }.map { [$0] } ?? [] }
            let source = ClusterSource(client, scope: scope, names: names, pace: pace) { changes.add($0) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await source.watch() }
                defer { group.cancelAll() }
                try await body(FakeCluster(server: server, source: source, changes: changes))
            }
        }
    }

    static let modern = [
        ingresses: "Ingress", ingressClasses: "IngressClass", services: "Service", slices: "EndpointSlice",
        secrets: "Secret", namespaces: "Namespace", configMaps: "ConfigMap",
    ]

    /// Waits until what is known is whole and as it should be.
    func await(_ what: String = "the state", _ condition: (ClusterReading) -> Bool = { _ in true }) async throws {
        try await eventually(what) {
            let reading = await source.read()
            return reading.isSynced && condition(reading)
        }
    }

    /// The paths that were asked for, each once, in the order of the alphabet.
    func paths() async -> [String] {
        Set(
            await server.requests.filter { $0.path.split(separator: "/").count != 3 || $0.path.hasPrefix("/api/") }
                .map(\.path)
        ).sorted()
    }
}

extension FakeCluster {
    static func ingress(
        _ name: String,
        namespace: String = "shop",
        host: String = "shop.example",
        secret: String? = nil,
        headers: String? = nil,
        users: String? = nil,
        status: String = "{}"
    ) -> String {
        #"{"metadata":{"name":"\#(name)","namespace":"\#(namespace)","generation":1,"#
            + #""managedFields":[{"manager":"kubectl"}],"#
            + #""annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{}",\#(headers.map { #""a.example/headers":"\#($0)","# } ?? "")\#(users.map { #""a.example/auth-secret":"\#($0)","# } ?? "")"a.example/b":"c"}},"#
            + #""spec":{\#(secret.map { #""tls":[{"secretName":"\#($0)"}],"# } ?? "")"rules":[{"host":"\#(host)","http":{"paths":[{"path":"/","pathType":"Prefix","#
            + #""backend":{"service":{"name":"web","port":{"number":80}}}}]}}]},"status":\#(status)}"#
    }

    static func slice(_ name: String, _ address: String) -> String {
        #"{"metadata":{"name":"\#(name)","namespace":"shop","labels":{"kubernetes.io/service-name":"web"}},"#
            + #""addressType":"IPv4","endpoints":[{"addresses":["\#(address)"],"conditions":{"ready":true}}],"#
            + #""ports":[{"port":8080}]}"#
    }

    static func ingressClass(_ name: String = "nginx", parameters: String? = nil) -> String {
        let parameters = parameters.map { #","parameters":\#($0)"# } ?? ""
        return #"{"metadata":{"name":"\#(name)"},"spec":{"controller":"k8s.io/ingress-nginx"\#(parameters)}}"#
    }

    static func configMap(_ name: String, in namespace: String, _ data: String) -> String {
        #"{"metadata":{"name":"\#(name)","namespace":"\#(namespace)"},"data":\#(data)}"#
    }

    static func secret(_ name: String, _ certificate: String = "YQ==") -> String {
        #"{"metadata":{"name":"\#(name)","namespace":"shop"},"type":"kubernetes.io/tls","#
            + #""data":{"tls.crt":"\#(certificate)","other":"Yg=="}}"#
    }

    static let service = #"{"metadata":{"name":"web","namespace":"shop"},"spec":{"ports":[{"port":80}]}}"#
}
