package import Diagnostics
import Incremental
package import KubernetesModel

/// The report to the cluster about one reconcile that has settled.
package struct ClusterReport: Sendable {
    /// All Ingresses that the API server has, ours or not.
    package var ingresses: [ObjectRecord]
    /// Those that are served.
    package var live: Set<NamespacedName>
    /// The findings whose object is known.
    package var findings: [(subject: EventSubject, finding: Diagnostic)]

    package init(
        ingresses: [ObjectRecord],
        live: Set<NamespacedName>,
        findings: [(subject: EventSubject, finding: Diagnostic)]
    ) {
        self.ingresses = ingresses
        self.live = live
        self.findings = findings
    }

    /// The Ingresses, as they were and as they are, of which something may be other than at an earlier time.
    ///
    /// Others are as they were, and were and are live or not alike.
    func changes(
        since earlier: [ObjectRecord],
        live: Set<NamespacedName>
    ) -> (before: ArraySlice<ObjectRecord>, now: ArraySlice<ObjectRecord>) {
        guard self.live == live else { return (earlier[...], ingresses[...]) }
        let stretch = DifferingStretch(from: earlier, to: ingresses, by: ==)
        return (earlier[stretch.old], ingresses[stretch.new])
    }
}
