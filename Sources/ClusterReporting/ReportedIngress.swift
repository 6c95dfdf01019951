package import KubernetesModel

/// An Ingress as the API server knows it, beside what it says: to tell of it, and to write back to it.
package struct ReportedIngress: Sendable, Hashable {
    package var name: NamespacedName
    /// In which the API server was asked for it, such as `networking.k8s.io/v1`.
    package var apiVersion: String
    package var uid: String
    /// Of its last change by a user.
    package var generation: Int64?
    /// What its status tells now.
    package var addresses: [LoadBalancerAddress]

    package init(
        name: NamespacedName,
        apiVersion: String,
        uid: String,
        generation: Int64?,
        addresses: [LoadBalancerAddress]
    ) {
        self.name = name
        self.apiVersion = apiVersion
        self.uid = uid
        self.generation = generation
        self.addresses = addresses
    }
}
