import Diagnostics
import KubernetesClient
import KubernetesModel
import Manifests
import YAML

/// An object of an API server, and what is kept of it.
struct ClusterObject: Sendable, Hashable {
    let name: NamespacedName
    var identity: ObjectIdentity
    var resourceVersion: String
    /// `nil` where the object cannot be read, which the diagnostics tell.
    var object: ManifestObject?
    var diagnostics: [Diagnostic]
    /// What the status of an Ingress tells.
    var addresses: [LoadBalancerAddress]

    /// Returns `nil` for what has no name.
    init?(_ node: Node, of resource: APIResource) {
        guard let metadata = node["metadata"], let text = metadata["name"]?.text else { return nil }
        name = NamespacedName(namespace: metadata["namespace"]?.text ?? "", name: text)
        identity = ObjectIdentity(apiVersion: resource.apiVersion, uid: metadata["uid"]?.text ?? "")
        resourceVersion = metadata["resourceVersion"]?.text ?? ""
        let reading = ManifestReader().object(node, apiVersion: resource.apiVersion, kind: resource.kind)
        object = reading.object?.reduced
        diagnostics = reading.diagnostics
        addresses = resource.kind == Ingress.kind ? Self.addresses(node) : []
    }

    /// Whether both come to the same configuration and the same findings.
    func means(_ other: ClusterObject) -> Bool {
        object == other.object && diagnostics == other.diagnostics
    }

    /// Whether the object is an earlier form of the same one.
    func isOlder(than other: ClusterObject) -> Bool {
        guard let own = UInt64(resourceVersion), let version = UInt64(other.resourceVersion) else { return false }
        return own < version
    }

    private static func addresses(_ node: Node) -> [LoadBalancerAddress] {
        guard case .sequence(let items) = node["status"]?["loadBalancer"]?["ingress"]?.value else { return [] }
        return items.compactMap { item in
            item["ip"]?.text.map { .ip($0) } ?? item["hostname"]?.text.map { .hostname($0) }
        }
    }
}

extension ManifestObject {
    /// The object without what nothing reads of its kind.
    fileprivate var reduced: ManifestObject {
        switch self {
        case .ingress, .ingressClass: return self
        case .service(var service):
            service.metadata = service.metadata.reduced
            return .service(service)
        case .endpointSlice(var slice):
            slice.metadata = slice.metadata.reduced
            return .endpointSlice(slice)
        case .endpoints(let metadata, var slices):
            for index in slices.indices { slices[index].metadata = slices[index].metadata.reduced }
            return .endpoints(metadata.reduced, slices)
        case .secret(var secret):
            secret.metadata = secret.metadata.reduced
            return .secret(secret)
        case .configMap(var configMap):
            configMap.metadata = configMap.metadata.reduced
            return .configMap(configMap)
        case .namespace(let namespace):
            return .namespace(Namespace(metadata: namespace.metadata.reduced))
        }
    }
}

extension ObjectMetadata {
    fileprivate var reduced: ObjectMetadata { ObjectMetadata(name: name, namespace: namespace) }
}
