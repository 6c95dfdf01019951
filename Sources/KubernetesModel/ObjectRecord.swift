import Incremental

/// An object as the API server knows it, beside what it says: to tell of it, and to write back to it.
package struct ObjectRecord: Sendable, Hashable {
    private struct Fields: Sendable, Hashable {
        var name: NamespacedName
        var identity: ObjectIdentity
        var generation: Int64?
        var addresses: [LoadBalancerAddress]
    }

    private var fields: ByReference<Fields>

    package init(
        name: NamespacedName,
        identity: ObjectIdentity,
        generation: Int64?,
        addresses: [LoadBalancerAddress]
    ) {
        fields = ByReference(Fields(name: name, identity: identity, generation: generation, addresses: addresses))
    }

    package var name: NamespacedName { fields.value.name }

    package var identity: ObjectIdentity { fields.value.identity }

    /// Of its last change by a user, in the form that is known of it.
    package var generation: Int64? {
        get { fields.value.generation }
        set { fields.value.generation = newValue }
    }

    /// Of an Ingress: what its status tells now.
    package var addresses: [LoadBalancerAddress] { fields.value.addresses }
}
