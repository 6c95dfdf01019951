import KubernetesModel

/// Tells which Ingresses have gone live since it was last asked.
struct LiveIngresses: Sendable {
    /// By the generation of each that was live; `nil` before the first time.
    private var known: [NamespacedName: Int64?]?

    /// Returns those that are live in a form that was not.
    ///
    /// At the first time, an Ingress whose status has addresses was live before: another replica, or an earlier
    /// process, has told of it.
    mutating func news(_ report: ClusterReport) -> [IngressRecord] {
        let live = report.ingresses.filter { report.live.contains($0.name) }
        defer { known = Dictionary(live.map { ($0.name, $0.generation) }, uniquingKeysWith: { first, _ in first }) }
        guard let known else { return live.filter(\.addresses.isEmpty) }
        return live.filter { known[$0.name] != .some($0.generation) }
    }
}
