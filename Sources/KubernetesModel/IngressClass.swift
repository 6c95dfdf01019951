/// The fields we read of an IngressClass.
package struct IngressClass: KubernetesObject {
    package static let kind = "IngressClass"
    /// Marks the class of Ingresses that name none.
    package static let isDefaultAnnotation = "ingressclass.kubernetes.io/is-default-class"

    package var metadata: ObjectMetadata
    /// The controller that serves the class, such as `k8s.io/ingress-nginx`.
    package var controller: String
    /// The object that configures the class; `nil` where there is none.
    package var parameters: Parameters?

    package init(metadata: ObjectMetadata, controller: String, parameters: Parameters? = nil) {
        self.metadata = metadata
        self.controller = controller
        self.parameters = parameters
    }

    package var isDefault: Bool { metadata.annotations[Self.isDefaultAnnotation] == "true" }

    /// An object with settings for the Ingresses of a class.
    ///
    /// See [IngressClass scope](https://kubernetes.io/docs/concepts/services-networking/ingress/#ingressclass-scope).
    package struct Parameters: Sendable, Hashable {
        /// Empty for the core API.
        package var apiGroup: String
        package var kind: String
        package var name: String
        /// `nil` for an object of the whole cluster, and where the API is older than the field: before Kubernetes 1.21.
        package var namespace: String?

        package init(apiGroup: String = "", kind: String, name: String, namespace: String? = nil) {
            self.apiGroup = apiGroup
            self.kind = kind
            self.name = name
            self.namespace = namespace
        }

        /// The ConfigMap that is named; `nil` for an object of another kind.
        ///
        /// - Parameter namespace: Where a ConfigMap is whose namespace is not named.
        package func configMap(orIn namespace: String) -> NamespacedName? {
            guard apiGroup.isEmpty, kind == ConfigMap.kind else { return nil }
            return NamespacedName(namespace: self.namespace ?? namespace, name: name)
        }
    }
}
