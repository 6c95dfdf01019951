package import Diagnostics
package import KubernetesModel

/// The content of a folder of manifests at one moment.
package struct FolderReading: Sendable, Hashable {
    package var snapshot: ClusterSnapshot
    package var diagnostics: [Diagnostic]

    package init(snapshot: ClusterSnapshot = ClusterSnapshot(), diagnostics: [Diagnostic] = []) {
        self.snapshot = snapshot
        self.diagnostics = diagnostics
    }
}
