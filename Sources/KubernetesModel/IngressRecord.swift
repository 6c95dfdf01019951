/// An Ingress as the API server knows it, beside what it says: to tell of it, and to write back to it.
package struct IngressRecord: Sendable, Hashable {
    package var name: NamespacedName
    package var identity: ObjectIdentity
    /// Of its last change by a user.
    package var generation: Int64?
    /// What its status tells now.
    package var addresses: [LoadBalancerAddress]

    package init(
        name: NamespacedName,
        identity: ObjectIdentity,
        generation: Int64?,
        addresses: [LoadBalancerAddress]
    ) {
        self.name = name
        self.identity = identity
        self.generation = generation
        self.addresses = addresses
    }
}
