package import Diagnostics

/// An object that events are about.
package struct EventSubject: Sendable, Hashable {
    package var object: ObjectReference
    package var apiVersion: String
    /// Events of another object of the same name are not this one's.
    package var uid: String

    package init(_ object: ObjectReference, apiVersion: String, uid: String) {
        self.object = object
        self.apiVersion = apiVersion
        self.uid = uid
    }
}
