import KubernetesModel
import YAML

extension ObjectReader {
    /// Reads the object; `nil` when a cluster would have nothing of it either.
    mutating func object(_ kind: ObjectKind) -> ManifestObject? {
        switch kind {
        case .ingress: ingress().map { .ingress($0) }
        case .ingressClass: ingressClass().map { .ingressClass($0) }
        case .service: service().map { .service($0) }
        case .endpointSlice: endpointSlice().map { .endpointSlice($0) }
        case .endpoints: endpoints().map { .endpoints($0, $1) }
        case .secret: secret().map { .secret($0) }
        case .configMap: configMap().map { .configMap($0) }
        case .namespace: namespaceObject().map { .namespace($0) }
        }
    }

    private mutating func namespaceObject() -> Namespace? {
        checkFields(of: root, Schema(["apiVersion", "kind", "metadata", "spec", "status"]))
        guard var metadata = metadata(.label) else { return nil }
        metadata.source = source
        return Namespace(metadata: metadata)
    }
}
