/// Where the controller has its objects from.
enum Feed: String, CaseIterable, Sendable {
    /// A folder of manifests.
    case folder
    /// The API server of a cluster, which is told the status of Ingresses too.
    case cluster
}
