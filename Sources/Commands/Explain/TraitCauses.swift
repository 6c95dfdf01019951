import Diagnostics
import Incremental
import IngressTranslation
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Which annotations, and keys of a ConfigMap, the traits of a route come from.
///
/// Each is left out in turn: what the route then has no longer, or otherwise, comes from it. So nothing has to be known
/// of what any of them means.
struct TraitCauses {
    private var causes: [RouteTrait.Kind: [Cause]] = [:]

    init(of route: Route, in table: RouteTable, _ snapshot: ClusterSnapshot, _ settings: TranslationSettings) {
        let own = snapshot.reduced(to: route)
        var cache = TranslationCache()
        guard let (traits, isClosed) = Self.traits(of: route, own, settings, &cache),
            traits == Self.byKind(table.traits(of: route))
        else { return }
        var variations = [route.location.origin, route.location.canaryOrigin, route.server.origin]
            .compactMap(\.self).reduce(into: [ObjectReference]()) { if !$0.contains($1) { $0.append($1) } }
            .flatMap { own.withoutSettings(of: $0, settings) }
        variations += own.withoutKeys(settings)
        for variation in variations {
            guard let others = Self.traits(of: route, variation.snapshot, settings, &cache) else { continue }
            // What a guard lacks closes the route, and takes all else of it away: it says nothing of that.
            let closes = others.isClosed && !isClosed
            for kind in traits.keys where traits[kind] != others.traits[kind] && (!closes || Self.guards.contains(kind))
            {
                causes[kind, default: []].append(variation.cause)
            }
        }
    }

    subscript(kind: RouteTrait.Kind) -> [Cause] { causes[kind] ?? [] }

    /// What decides who may enter.
    private static let guards: Set<RouteTrait.Kind> = [
        .allowedAddresses, .authentication, .clientCertificates, .deniedAddresses, .password, .satisfy,
    ]

    /// The traits, and whether the route answers nothing but 503; `nil` where there is no such route.
    private static func traits(
        of route: Route,
        _ snapshot: ClusterSnapshot,
        _ settings: TranslationSettings,
        _ cache: inout TranslationCache
    ) -> (traits: [RouteTrait.Kind: String], isClosed: Bool)? {
        let translation = translate(snapshot, with: settings, cache: &cache)
        let table = RouteTable(translation, snapshot)
        return table.routes.first { $0.key == route.key }.map { route in
            (byKind(table.traits(of: route)), route.location.action == .status(.serviceUnavailable))
        }
    }

    private static func byKind(_ traits: [RouteTrait]) -> [RouteTrait.Kind: String] {
        Dictionary(traits.map { ($0.kind, $0.text) }) { first, _ in first }
    }
}

extension ClusterSnapshot {
    /// Without the Ingresses that have nothing to do with the host of a route.
    fileprivate func reduced(to route: Route) -> ClusterSnapshot {
        let users = route.server.users.union(
            route.server.locations.flatMap { [$0.origin, $0.canaryOrigin].compactMap(\.self) }
        )
        var snapshot = self
        snapshot.ingresses = ingresses.filter { $0.reference.map(users.contains) ?? false }
        return snapshot
    }
}
