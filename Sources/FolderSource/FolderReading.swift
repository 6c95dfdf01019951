package import Diagnostics
package import KubernetesModel

/// What a folder of manifests holds at one moment.
package struct FolderReading: Sendable, Hashable {
    package var snapshot: ClusterSnapshot
    package var diagnostics: [Diagnostic]

    package init(snapshot: ClusterSnapshot = ClusterSnapshot(), diagnostics: [Diagnostic] = []) {
        self.snapshot = snapshot
        self.diagnostics = diagnostics
    }
}
