/// Where the controller has its objects from.
enum Feed: String, CaseIterable, Sendable {
    /// A folder of manifests.
    case folder
}
