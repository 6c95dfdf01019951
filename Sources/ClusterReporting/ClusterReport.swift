package import Diagnostics
package import KubernetesModel

/// What is to be told of one reconcile that has settled.
package struct ClusterReport: Sendable {
    /// All Ingresses that the API server has, ours or not.
    package var ingresses: [IngressRecord]
    /// Those that are served.
    package var live: Set<NamespacedName>
    /// What is wrong, where the object is known.
    package var findings: [(subject: EventSubject, finding: Diagnostic)]

    package init(
        ingresses: [IngressRecord],
        live: Set<NamespacedName>,
        findings: [(subject: EventSubject, finding: Diagnostic)]
    ) {
        self.ingresses = ingresses
        self.live = live
        self.findings = findings
    }
}
