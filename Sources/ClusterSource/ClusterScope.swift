/// Which part of a cluster is served.
package struct ClusterScope: Sendable, Hashable {
    /// The only namespace that is looked at; `nil` means all.
    package var namespace: String?
    /// The labels of the namespaces whose Ingresses count; `nil` means all.
    ///
    /// See [label selectors](https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors).
    package var namespaceSelector: String?

    package init(namespace: String? = nil, namespaceSelector: String? = nil) {
        self.namespace = namespace
        self.namespaceSelector = namespaceSelector
    }
}
