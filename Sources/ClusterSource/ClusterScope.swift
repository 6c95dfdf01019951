package import KubernetesModel

/// Which objects of a cluster are watched.
package struct ClusterScope: Sendable, Hashable {
    /// The namespace whose objects count; `nil` means all of them.
    package var namespace: String?
    /// A label selector, as `kubectl get --selector` takes it: only Ingresses of namespaces that it matches count.
    package var namespaceSelector: String?
    /// The ConfigMap with settings, wherever it is; `nil` watches none.
    package var configMap: NamespacedName?

    package init(namespace: String? = nil, namespaceSelector: String? = nil, configMap: NamespacedName? = nil) {
        self.namespace = namespace
        self.namespaceSelector = namespaceSelector
        self.configMap = configMap
    }
}
