package import KubernetesModel

/// The objects that are read because the controller's options, classes or Ingresses name them.
///
/// Of Secrets these alone are kept, and of ConfigMaps these alone are asked for.
package struct NamedObjects: Sendable {
    /// The Secrets that count though no Ingress names them.
    package var secrets: Set<NamespacedName> = []
    /// The ConfigMap with the settings that hold for all Ingresses.
    package var globalConfigMap: NamespacedName?
    /// The ConfigMaps with the ports of TCP and UDP that are served.
    package var streamConfigMaps: [NamespacedName] = []
    /// The ConfigMap that a class names and that counts.
    package var parameters: @Sendable (IngressClass) -> NamespacedName? = { _ in nil }
    /// The ConfigMaps that an Ingress names, among those that it may name.
    package var configMaps: @Sendable (Ingress, NamespaceReach) -> [NamespacedName] = { _, _ in [] }

    /// The ConfigMaps that the global one names.
    package var nestedConfigMaps: @Sendable (ConfigMap) -> [NamespacedName] = { _ in [] }

    package init() {}
}

/// Whether anything can be served without an object.
enum ObjectNeed: Sendable, Comparable {
    /// Secrets that cannot be read now hold nobody up.
    case whereReadable
    /// It is waited for, unless the controller has no right to read it.
    case unlessForbidden
    /// Nothing is served that was made without it: it may guard access.
    case always
}
