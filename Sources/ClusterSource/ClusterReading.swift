package import Diagnostics
package import KubernetesModel

/// What a cluster holds at one moment, as far as it is known.
package struct ClusterReading: Sendable, Hashable {
    package var snapshot: ClusterSnapshot
    package var diagnostics: [Diagnostic]
    /// All Ingresses that count, in the order of their names.
    package var ingresses: [IngressRecord]
    /// Whether every kind of object has been read once.
    ///
    /// Before, nothing may be made of it: a part of a state would take away what serves.
    package var isSynced: Bool

    package init(
        snapshot: ClusterSnapshot = ClusterSnapshot(),
        diagnostics: [Diagnostic] = [],
        ingresses: [IngressRecord] = [],
        isSynced: Bool = false
    ) {
        self.snapshot = snapshot
        self.diagnostics = diagnostics
        self.ingresses = ingresses
        self.isSynced = isSynced
    }
}

/// An Ingress as the API server knows it, beside what it says.
package struct IngressRecord: Sendable, Hashable {
    package var name: NamespacedName
    package var identity: ObjectIdentity
    package var resourceVersion: String
    /// Of its last change by a user.
    package var generation: Int64?
    /// What its status tells now.
    package var addresses: [LoadBalancerAddress]

    package init(
        name: NamespacedName,
        identity: ObjectIdentity,
        resourceVersion: String,
        generation: Int64?,
        addresses: [LoadBalancerAddress]
    ) {
        self.name = name
        self.identity = identity
        self.resourceVersion = resourceVersion
        self.generation = generation
        self.addresses = addresses
    }
}
