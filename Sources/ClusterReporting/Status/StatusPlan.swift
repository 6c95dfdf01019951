import KubernetesModel

/// Decides which Ingresses' status must change; holds what was written, and no client.
struct StatusPlan: Sendable {
    /// The Ingresses that have had our addresses in this process's time.
    private(set) var ours: Set<NamespacedName> = []
    /// The latest Ingresses of which every one had the status that it must have.
    private var calm: (ingresses: [ObjectRecord], live: Set<NamespacedName>, addresses: [LoadBalancerAddress])?

    struct Change: Sendable, Hashable {
        var ingress: ObjectRecord
        var addresses: [LoadBalancerAddress]
    }

    /// Returns the changes to write, in the order of names.
    ///
    /// An Ingress that is no longer served loses our addresses if it has no others: whoever serves it now may have
    /// written theirs.
    ///
    /// - Parameter addresses: Empty where they are not known: then nothing is written.
    mutating func changes(_ report: ClusterReport, addresses: [LoadBalancerAddress]) -> [Change] {
        guard !addresses.isEmpty else { return [] }
        var candidates = report.ingresses[...]
        if let calm, calm.addresses == addresses {
            candidates = report.changes(since: calm.ingresses, live: calm.live).now
        }
        var changes: [Change] = []
        for ingress in candidates {
            if report.live.contains(ingress.name) {
                ours.insert(ingress.name)
                if ingress.addresses != addresses { changes.append(Change(ingress: ingress, addresses: addresses)) }
            } else if ours.remove(ingress.name) != nil, ingress.addresses == addresses {
                changes.append(Change(ingress: ingress, addresses: []))
            }
        }
        // Names of Ingresses that have gone come up no more, and new ones come without end.
        if ours.count > report.ingresses.count { ours.formIntersection(report.ingresses.lazy.map(\.name)) }
        if changes.isEmpty { calm = (report.ingresses, report.live, addresses) }
        return changes.sorted { $0.ingress.name < $1.ingress.name }
    }

    /// Returns the changes that clear our addresses when nobody serves any more.
    func farewell(_ ingresses: [ObjectRecord], addresses: [LoadBalancerAddress]) -> [Change] {
        ingresses.filter { ours.contains($0.name) && $0.addresses == addresses && !addresses.isEmpty }
            .map { Change(ingress: $0, addresses: []) }
            .sorted { $0.ingress.name < $1.ingress.name }
    }
}
