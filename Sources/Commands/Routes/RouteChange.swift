import Diagnostics
import ProxyConfiguration

/// The difference in one trait of a route; `nil` where a side lacks it.
struct RouteTraitChange: Hashable {
    var kind: RouteTrait.Kind
    var before: String?
    var after: String?
    /// The annotations, hosts of TLS and keys of ConfigMaps that it comes from, as far as that is known.
    var causes: [String] = []

    /// `limits: none -> 5 connections (annotation limit-connections)`; of backends just both.
    var text: String {
        guard before != nil || after != nil else { return name }
        let change = "\(before ?? "none") -> \(after ?? "none")\(origin)"
        return kind == .backend ? change : "\(kind.name): \(change)"
    }

    /// The name of the trait with what its change comes from.
    var name: String { kind.name + origin }

    private var origin: String { causes.isEmpty ? "" : " (\(causes.joined(separator: ", ")))" }
}

/// A route that a change of manifests changes.
struct RouteChange {
    enum Kind: String {
        case changes
        case appears
        case vanishes
        /// It is as it was, but other routes take its requests now.
        case shadowed
    }

    var kind: Kind
    /// The host and the path, as an Ingress writes them.
    var name: String
    var pathType: String
    var host: HostPattern
    /// Of the route as it was and as it is.
    var keys: [Route.Key]
    /// The Ingress that has it now, or had it.
    var ingress: ObjectReference?
    var position: SourcePosition?
    /// Where the manifests as they are now say so: of a route that has gone, its Ingress; `nil` where that is gone too.
    var presentPosition: SourcePosition?
    var traits: [RouteTraitChange]
    var dangers: [RouteDanger]
    var witness: RouteWitness?
}
