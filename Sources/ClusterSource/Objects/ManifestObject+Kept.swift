import KubernetesModel
import Manifests

extension ManifestObject {
    /// The object with no more than Postern has a use for.
    ///
    /// Fields that nobody reads would cost memory, and each change of them a reconcile: other controllers write times
    /// into annotations of Endpoints every few seconds.
    ///
    /// - Parameter isNamed: Whether an Ingress names a Secret, of which else the name is kept alone.
    func kept(_ isNamed: (NamespacedName) -> Bool) -> ManifestObject {
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
            return .secret(isNamed(secret.namespacedName) ? secret.certificateOnly : secret.nameOnly)
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
        labels = [:]
        annotations = [:]
        generation = nil
    }
}
