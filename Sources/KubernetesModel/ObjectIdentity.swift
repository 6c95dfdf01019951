/// The identity of an object, which another of its name does not share.
package struct ObjectIdentity: Sendable, Hashable {
    /// In which the API server was asked for it, such as `networking.k8s.io/v1`.
    package var apiVersion: String
    package var uid: String

    package init(apiVersion: String, uid: String) {
        self.apiVersion = apiVersion
        self.uid = uid
    }
}
