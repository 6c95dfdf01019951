package import Diagnostics
package import KubernetesModel

/// An object that events are about.
package struct EventSubject: Sendable, Hashable {
    package var object: ObjectReference
    /// Events of another object of the same name are not this one's.
    package var identity: ObjectIdentity

    package init(_ object: ObjectReference, _ identity: ObjectIdentity) {
        self.object = object
        self.identity = identity
    }
}
