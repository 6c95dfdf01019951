/// Routes that change in the same way, so that a person reads it once.
struct ChangeGroup {
    var changes: [RouteChange]

    var first: RouteChange { changes[0] }

    /// The names of all, or of the first of many.
    var names: String {
        let shown = changes.prefix(3).map(\.name).joined(separator: ", ")
        return changes.count > 3 ? "\(changes.count) routes (\(shown), …)" : shown
    }

    /// In the order of the first of each; routes with a danger stand for themselves.
    static func groups(of changes: [RouteChange]) -> [ChangeGroup] {
        var groups: [ChangeGroup] = []
        var known: [Key: Int] = [:]
        for change in changes {
            let key = Key(kind: change.kind, traits: change.traits)
            if change.dangers.isEmpty, let index = known[key] {
                groups[index].changes.append(change)
            } else {
                if change.dangers.isEmpty { known[key] = groups.count }
                groups.append(ChangeGroup(changes: [change]))
            }
        }
        // A few have their places to go to.
        return groups.flatMap { group in
            group.changes.count > 3 ? [group] : group.changes.map { ChangeGroup(changes: [$0]) }
        }
    }

    private struct Key: Hashable {
        var kind: RouteChange.Kind
        var traits: [RouteTraitChange]
    }
}
