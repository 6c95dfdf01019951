import Diagnostics
import KubernetesClient
import KubernetesModel
import Manifests
import YAML

/// The part of an API server's object that is kept.
struct WatchedObject: Sendable, Hashable {
    var name: NamespacedName
    var identity: ObjectIdentity
    var resourceVersion: UInt64?
    /// `nil` where nothing can be made of it.
    var object: ManifestObject?
    var diagnostics: [Diagnostic]
    /// Of an Ingress: where its status says that it is reached.
    var addresses: [LoadBalancerAddress]

    /// Of an Ingress: grows with each change by a user; `nil` where nothing can be made of it.
    var generation: Int64? {
        if case .ingress(let ingress) = object { ingress.metadata.generation } else { nil }
    }

    /// Returns `nil` for what has no name.
    ///
    /// - Parameter use: What an Ingress names a Secret for.
    init?(_ node: Node, of resource: APIResource, _ use: (NamespacedName) -> NamedSecrets.Use?) {
        guard let name = node["metadata"]?["name"]?.text else { return nil }
        self.name = NamespacedName(namespace: node["metadata"]?["namespace"]?.text ?? "", name: name)
        identity = ObjectIdentity(apiVersion: resource.apiVersion, uid: node["metadata"]?["uid"]?.text ?? "")
        resourceVersion = node["metadata"]?["resourceVersion"]?.text.flatMap { UInt64($0) }
        let reading = ManifestReader().object(node, apiVersion: resource.apiVersion, kind: resource.kind)
        object = reading.object?.kept(use)
        diagnostics = reading.diagnostics
        addresses = resource.kind == Ingress.kind ? Self.addresses(node) : []
    }

    private static func addresses(_ node: Node) -> [LoadBalancerAddress] {
        guard case .sequence(let entries) = node["status"]?["loadBalancer"]?["ingress"]?.value else { return [] }
        return entries.compactMap { entry in
            if let ip = entry["ip"]?.text, !ip.isEmpty { return .ip(ip) }
            return entry["hostname"]?.text.flatMap { $0.isEmpty ? nil : .hostname($0) }
        }
    }
}
