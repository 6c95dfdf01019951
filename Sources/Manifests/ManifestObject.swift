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
}
