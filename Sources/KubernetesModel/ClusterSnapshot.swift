/// The objects of a cluster, or of a folder of manifests, at one moment.
///
/// The order of the arrays has no meaning: whoever reads a snapshot decides by age and name.
package struct ClusterSnapshot: Sendable, Hashable {
    package var ingresses: [Ingress] = []
    package var ingressClasses: [IngressClass] = []
    package var services: [Service] = []
    package var endpointSlices: [EndpointSlice] = []
    package var secrets: [Secret] = []
    package var configMaps: [ConfigMap] = []
    package var namespaces: [Namespace] = []

    package init() {}
}
