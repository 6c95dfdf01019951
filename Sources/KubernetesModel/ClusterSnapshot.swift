package import Diagnostics

/// The objects of a cluster, or of a folder of manifests, at one moment.
///
/// The order of the arrays has no meaning: whoever reads a snapshot decides by age and name. No two objects of a kind
/// have one name, but for the slices that an Endpoints object became.
///
/// Differences from an earlier snapshot are found by comparing: that costs least where objects that have not changed
/// share their storage and stand in the same order, and nothing for an array that is the earlier one itself.
package struct ClusterSnapshot: Sendable, Hashable {
    package var ingresses: [Ingress] = []
    package var ingressClasses: [IngressClass] = []
    package var services: [Service] = []
    package var endpointSlices: [EndpointSlice] = []
    package var secrets: [Secret] = []
    package var configMaps: [ConfigMap] = []
    package var namespaces: [Namespace] = []
    /// Objects that are there and of no use, for which findings say why.
    package var refused: Set<ObjectReference> = []

    package init() {}
}
