import Diagnostics
import KubernetesClient
import KubernetesModel
import Manifests
import YAML

/// The objects of a cluster, read once.
struct ClusterInput {
    /// Stands for the file of what an API server has sent, which has no places that anybody could go to.
    static let fileName = "<cluster>"

    private let client: APIClient
    private let namespace: String?

    init(_ options: ClusterOptions) throws(CommandFailure) {
        do throws(ConfigurationError) {
            client = APIClient(
                try ClusterConfiguration.load(
                    kubeconfig: options.kubeconfig,
                    context: options.context,
                    server: options.apiserverHost
                )
            )
        } catch {
            throw CommandFailure("\(error)")
        }
        namespace = options.watchNamespace
    }

    /// What was read, and the kinds of objects that may not be.
    struct Content {
        var manifests = LoadedManifests()
        var forbidden: [String] = []
    }

    /// Throws where not even the Ingresses can be read.
    func content() async throws(CommandFailure) -> Content {
        let versions: APIVersions
        do throws(APIError) { versions = try await client.versions() } catch { throw CommandFailure("\(error)") }
        var content = Content()
        try await read(versions.ingresses, isNeeded: true, into: &content)
        let others = [
            versions.ingressClasses, versions.endpoints, .services, .secrets, .configMaps, .deployments, .daemonSets,
        ]
        for case let resource? in others { try await read(resource, isNeeded: false, into: &content) }
        return content
    }

    private func read(_ resource: APIResource, isNeeded: Bool, into content: inout Content) async throws(CommandFailure)
    {
        var next: String?
        repeat {
            do throws(APIError) {
                let page = try await page(of: resource, continuing: next)
                content.manifests.files.append(ManifestFile(name: Self.fileName, bytes: page))
                next =
                    DocumentReader(page, file: Self.fileName).first { _ in true }?
                    .root?[path: ["metadata", "continue"]]?.text
            } catch {
                guard !isNeeded, case .forbidden = error else { throw CommandFailure("\(resource.plural): \(error)") }
                content.forbidden.append(resource.kind)
                return
            }
        } while !(next ?? "").isEmpty
    }

    private func page(of resource: APIResource, continuing token: String?) async throws(APIError) -> [UInt8] {
        var query: [APIRequest.Query] = [.init("limit", "500")]
        if let token { query.append(.init("continue", token)) }
        // The controller and its ConfigMaps are seldom in the namespace of what it serves.
        let isOfIngresses = resource.kind != "ConfigMap" && resource.group != "apps"
        let path = resource.path(namespace: isOfIngresses ? namespace : nil)
        return try await client.send(APIRequest(.get, path, query: query, timeout: .seconds(60))).body
    }
}

extension APIResource {
    fileprivate static let deployments = APIResource(
        group: "apps",
        version: "v1",
        plural: "deployments",
        kind: "Deployment"
    )
    fileprivate static let daemonSets = APIResource(
        group: "apps",
        version: "v1",
        plural: "daemonsets",
        kind: "DaemonSet"
    )
}

extension ClusterSnapshot {
    /// Takes away where objects were read.
    mutating func removePlaces() {
        for index in ingresses.indices { ingresses[index].metadata.source = nil }
        for index in ingressClasses.indices { ingressClasses[index].metadata.source = nil }
        for index in services.indices { services[index].metadata.source = nil }
        for index in endpointSlices.indices { endpointSlices[index].metadata.source = nil }
        for index in secrets.indices { secrets[index].metadata.source = nil }
        for index in configMaps.indices { configMaps[index].metadata.source = nil }
    }
}
