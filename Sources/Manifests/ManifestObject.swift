package import Diagnostics
package import KubernetesModel

/// One object that a manifest holds, of a kind that Postern reads.
package enum ManifestObject: Sendable, Hashable {
    case ingress(Ingress)
    case ingressClass(IngressClass)
    case service(Service)
    case endpointSlice(EndpointSlice)
    /// An Endpoints object: a slice for each of its subsets.
    case endpoints(ObjectMetadata, [EndpointSlice])
    case secret(Secret)
    case configMap(ConfigMap)
    case namespace(Namespace)

    package var metadata: ObjectMetadata {
        switch self {
        case .ingress(let value): value.metadata
        case .ingressClass(let value): value.metadata
        case .service(let value): value.metadata
        case .endpointSlice(let value): value.metadata
        case .endpoints(let metadata, _): metadata
        case .secret(let value): value.metadata
        case .configMap(let value): value.metadata
        case .namespace(let value): value.metadata
        }
    }

    /// The object as findings name it; `nil` only for a name that Kubernetes does not allow.
    package var reference: ObjectReference? {
        ObjectReference(kind: kind.rawValue, namespace: metadata.namespace, name: metadata.name)
    }

    var kind: ObjectKind {
        switch self {
        case .ingress: .ingress
        case .ingressClass: .ingressClass
        case .service: .service
        case .endpointSlice: .endpointSlice
        case .endpoints: .endpoints
        case .secret: .secret
        case .configMap: .configMap
        case .namespace: .namespace
        }
    }
}
