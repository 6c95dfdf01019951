import KubernetesModel
import Manifests

extension ManifestObject {
    /// The object with no more than Postern has a use for.
    ///
    /// Fields that nobody reads would cost memory, and each change of them a reconcile: other controllers write times
    /// into annotations of Endpoints every few seconds.
    ///
    /// - Parameter use: What an Ingress names a Secret for; of one that none names the name is kept alone.
    func kept(_ use: (NamespacedName) -> NamedSecrets.Use?) -> ManifestObject {
        switch self {
        case .ingress, .ingressClass: return self
        case .service(var service):
            service.metadata.forgetNotes()
            return .service(service)
        case .endpointSlice(var slice):
            slice.metadata.forgetNotes()
            return .endpointSlice(slice)
        case .endpoints(var metadata, var slices):
            metadata.forgetNotes()
            for index in slices.indices { slices[index].metadata.forgetNotes() }
            return .endpoints(metadata, slices)
        case .secret(var secret):
            secret.metadata.forgetNotes()
            switch use(secret.namespacedName) {
            case .passwords: return .secret(secret)
            case .certificate: return .secret(secret.certificateOnly)
            case nil: return .secret(secret.nameOnly)
            }
        case .configMap(var map):
            map.metadata.forgetNotes()
            return .configMap(map)
        case .namespace(var namespace):
            namespace.metadata.forgetNotes()
            return .namespace(namespace)
        }
    }
}

extension ObjectMetadata {
    fileprivate mutating func forgetNotes() {
        self = ObjectMetadata(
            name: name,
            namespace: namespace,
            creationTimestamp: creationTimestamp,
            source: source
        )
    }
}
