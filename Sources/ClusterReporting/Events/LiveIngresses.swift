import KubernetesModel

/// Tells which Ingresses have gone live since it was last asked.
struct LiveIngresses: Sendable {
    private struct Known {
        /// The generation of each that was live.
        var generations: [NamespacedName: Int64?]
        var ingresses: [ObjectRecord]
        var live: Set<NamespacedName>
    }

    /// `nil` before the first time.
    private var known: Known?

    /// Returns those that are live in a form that was not.
    ///
    /// At the first time, an Ingress whose status has addresses was live before: another replica, or an earlier
    /// process, has told of it.
    mutating func newlyLive(in report: ClusterReport) -> [ObjectRecord] {
        guard var latest = known.take() else {
            let live = report.ingresses.filter { report.live.contains($0.name) }
            known = Known(
                generations: Dictionary(live.map { ($0.name, $0.generation) }, uniquingKeysWith: { first, _ in first }),
                ingresses: report.ingresses,
                live: report.live
            )
            return live.filter(\.addresses.isEmpty)
        }
        let (gone, changed) = report.changes(since: latest.ingresses, live: latest.live)
        var newlyLive: [ObjectRecord] = []
        for ingress in changed where report.live.contains(ingress.name) {
            if latest.generations[ingress.name] != .some(ingress.generation) { newlyLive.append(ingress) }
        }
        for ingress in gone { latest.generations[ingress.name] = nil }
        for ingress in changed where report.live.contains(ingress.name) {
            latest.generations.updateValue(ingress.generation, forKey: ingress.name)
        }
        (latest.ingresses, latest.live) = (report.ingresses, report.live)
        known = latest
        return newlyLive
    }
}
