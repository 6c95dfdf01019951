import KubernetesModel

/// An object, or a port of a Service, that decides with an Ingress what comes of it.
///
/// Where the object changes, comes or goes, the Ingress is read anew.
enum Dependency: Sendable, Hashable {
    /// Serves requests of the Ingress.
    case backend(ServiceReference)
    /// A Secret that `spec.tls` names: of the Ingress only its hosts are decided about anew.
    case certificate(NamespacedName)
    /// A Secret that an annotation names.
    case secret(NamespacedName)
    /// A ConfigMap that an annotation names.
    case configMap(NamespacedName)
}
