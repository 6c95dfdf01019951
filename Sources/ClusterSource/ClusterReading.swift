package import Diagnostics
package import KubernetesModel

/// The objects of an API server that matter to Postern, at one moment.
package struct ClusterReading: Sendable {
    /// Whether all that is needed has been read.
    ///
    /// Before, nothing may be made of it: a part of a state would take away what serves.
    package var isSynced: Bool
    package var snapshot: ClusterSnapshot
    package var diagnostics: [Diagnostic]
    /// Whether IngressClasses may not be read, so that a class is known by its name alone.
    package var lacksClasses: Bool
}
