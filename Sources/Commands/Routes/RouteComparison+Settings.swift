import Diagnostics
import ProxyConfiguration

extension RouteComparison {
    /// Names at each changed trait the settings that it comes from: it is another one where they alone are as they were.
    ///
    /// So nothing has to be known of what any of them means. Routes that appear or vanish do so with all their settings.
    mutating func name(_ settings: ChangedSettings) {
        guard !changes.isEmpty || !shared.isEmpty else { return }
        let routes = Dictionary(after.routes.map { ($0.key, $0) }) { first, _ in first }
        settings.forEachSetBack { setting, table in
            let earlier = Dictionary(table.routes.map { ($0.key, $0) }) { first, _ in first }
            nameForAll(setting, table)
            for index in changes.indices where changes[index].kind == .changes {
                let change = changes[index]
                guard let route = change.keys.last.flatMap({ routes[$0] }),
                    let old = change.keys.reversed().lazy.compactMap({ earlier[$0] }).first,
                    let text = setting.text(for: route.users, beside: change.ingress)
                else { continue }
                let kinds = after.differingKinds(of: route, from: old, in: table)
                for trait in change.traits.indices where kinds.contains(change.traits[trait].kind) {
                    changes[index].traits[trait].causes.append(text)
                }
            }
        }
    }

    private mutating func nameForAll(_ setting: ChangedSettings.Setting, _ table: RouteTable) {
        guard let text = setting.text(for: [], beside: nil) else { return }
        let kinds = SharedTraits.changes(from: table.configuration, to: after.configuration).map(\.kind)
        for index in shared.indices where kinds.contains(shared[index].kind) { shared[index].causes.append(text) }
    }
}

extension Route {
    /// The Ingresses that have a part in it: settings of the host may stand in any that has a path there.
    fileprivate var users: Set<ObjectReference> {
        Set(server.locations.flatMap { [$0.origin, $0.canaryOrigin] }.compactMap(\.self)).union(server.users)
    }
}

extension RouteTable {
    /// The kinds of traits in which a route differs from one of another table.
    fileprivate func differingKinds(
        of route: Route,
        from other: Route,
        in others: RouteTable
    ) -> Set<RouteTrait.Kind> {
        let (texts, otherTexts) = (RouteTrait.texts(traits(of: route)), RouteTrait.texts(others.traits(of: other)))
        var kinds = Set(texts.keys).union(otherTexts.keys).filter { texts[$0] != otherTexts[$0] }
        if !isSame(route, as: other, in: others) { kinds.insert(.other) }
        return kinds
    }
}

extension RouteTrait {
    fileprivate static func texts(_ traits: [RouteTrait]) -> [Kind: String] {
        Dictionary(traits.map { ($0.kind, $0.text) }) { first, _ in first }
    }
}
