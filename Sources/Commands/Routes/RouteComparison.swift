import Diagnostics
import NginxSyntax
import ProxyConfiguration

/// The differences between the routes of two configurations.
struct RouteComparison {
    /// Those with a danger first, each in the order of hosts.
    var changes: [RouteChange] = []
    /// How many routes are what they were.
    private(set) var sameCount = 0
    /// The differences in what holds for all hosts.
    var shared: [RouteTraitChange]
    /// What these let somebody come to.
    let sharedDangers: [RouteDanger]

    private let before: RouteTable
    let after: RouteTable
    private let judge: RouteJudge

    init(from before: RouteTable, to after: RouteTable) {
        (self.before, self.after) = (before, after)
        judge = RouteJudge(before, after)
        shared = SharedTraits.changes(from: before.configuration, to: after.configuration)
        sharedDangers = SharedTraits.dangers(from: before.configuration, to: after.configuration)
        compare()
        let order = changes.enumerated().sorted { left, right in
            (left.element.dangers.isEmpty ? 1 : 0, left.element.host, left.offset)
                < (right.element.dangers.isEmpty ? 1 : 0, right.element.host, right.offset)
        }
        changes = order.map(\.element)
    }

    /// Those of the changes that a request shows.
    var witnesses: [RouteWitness] { changes.compactMap(\.witness) }

    /// Takes what a real nginx does with the first of the witnesses.
    mutating func take(_ proofs: [WitnessProof]) {
        let shown = changes.indices.filter { changes[$0].witness != nil }
        for (index, proof) in zip(shown, proofs) { changes[index].witness?.proof = proof }
    }

    private mutating func compare() {
        var old = Dictionary(before.routes.map { ($0.key, $0) }) { first, _ in first }
        var unpaired: [Route] = []
        var same: [(Route, Route)] = []
        for route in after.routes {
            guard let known = old.removeValue(forKey: route.key) else {
                unpaired.append(route)
                continue
            }
            if before.isSame(known, as: route, in: after) { same.append((known, route)) } else { add(known, route) }
        }
        // A path that is read as another kind of path is the same route.
        var vanished = Dictionary(grouping: before.routes.filter { old[$0.key] != nil }, by: \.name)
        for route in unpaired {
            let known = vanished[route.name]?.count == 1 ? vanished.removeValue(forKey: route.name)?.first : nil
            add(known, route)
        }
        for route in before.routes where vanished[route.name] != nil && old[route.key] != nil { add(route, nil) }
        let touched = Set(changes.map(\.host))
        for (known, route) in same {
            if touched.contains(route.server.host), judge.isShadowed(known, route) {
                add(known, route, as: .shadowed)
            } else {
                sameCount += 1
            }
        }
    }

    private mutating func add(_ old: Route?, _ new: Route?, as kind: RouteChange.Kind? = nil) {
        guard let route = new ?? old else { return }
        var traits = differences(old, new)
        let (dangers, witness) = judge.verdict(on: old, new)
        let position = new.flatMap(after.position(of:))
        // Something differs that no trait says.
        if old != nil, new != nil, traits.isEmpty, kind == nil { traits = [RouteTraitChange(kind: .other)] }
        changes.append(
            RouteChange(
                kind: kind ?? (old == nil ? .appears : new == nil ? .vanishes : .changes),
                name: route.name,
                pathType: route.location.path.type,
                host: route.server.host,
                keys: [old, new].compactMap { $0?.key },
                ingress: route.location.origin,
                position: position ?? (new == nil ? old.flatMap(before.position(of:)) : nil),
                presentPosition: position ?? after.position(of: route.location.origin),
                traits: traits,
                dangers: dangers,
                witness: witness
            )
        )
    }

    private func differences(_ old: Route?, _ new: Route?) -> [RouteTraitChange] {
        let traits = Self.byKind(old.map(before.traits) ?? [])
        let others = Self.byKind(new.map(after.traits) ?? [])
        guard let old, let new else {
            // All of it is new, or gone: what it is for says enough.
            let isPassed = traits[.passthrough] != nil || others[.passthrough] != nil
            let shown: [RouteTrait.Kind] = isPassed ? [.backend, .passthrough] : [.backend]
            return shown.map { RouteTraitChange(kind: $0, before: traits[$0], after: others[$0]) }
        }
        var changes = Set(traits.keys).union(others.keys).sorted().compactMap { kind -> RouteTraitChange? in
            let (text, other) = (traits[kind] ?? before.inherited(kind), others[kind] ?? after.inherited(kind))
            return text == other ? nil : RouteTraitChange(kind: kind, before: text, after: other)
        }
        if old.location.origin != new.location.origin {
            let names = [old, new].map { $0.location.origin?.description ?? "nobody" }
            changes.append(RouteTraitChange(kind: .ingress, before: names[0], after: names[1]))
        }
        return changes
    }

    private static func byKind(_ traits: [RouteTrait]) -> [RouteTrait.Kind: String] {
        Dictionary(traits.map { ($0.kind, $0.text) }) { first, _ in first }
    }
}

extension RouteTable {
    /// The value of a directive where a route sets none.
    fileprivate func inherited(_ kind: RouteTrait.Kind) -> String? {
        if case .directive(let name) = kind { configuration.settings.directives.value(of: name) } else { kind.usual }
    }
}
