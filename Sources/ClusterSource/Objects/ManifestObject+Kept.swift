import KubernetesModel
import Manifests

extension ManifestObject {
    /// The object with no more than Postern has a use for.
    ///
    /// What nobody reads would cost memory, and each change of it a reconcile: other controllers write times into
    /// annotations of Endpoints every few seconds.
    var kept: ManifestObject {
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
            secret.data = secret.data.filter { Self.certificateKeys.contains($0.key) }
            return .secret(secret)
        case .configMap(var map):
            map.metadata.forgetNotes()
            return .configMap(map)
        case .namespace(var namespace):
            namespace.metadata.forgetNotes()
            return .namespace(namespace)
        }
    }

    /// See [TLS Secrets](https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets).
    private static let certificateKeys: Set<String> = ["tls.crt", "tls.key"]
}

extension ObjectMetadata {
    fileprivate mutating func forgetNotes() {
        labels = [:]
        annotations = [:]
        generation = nil
    }
}
