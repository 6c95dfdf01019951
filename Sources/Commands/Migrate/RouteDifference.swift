import Diagnostics

/// One thing that Postern answers differently from ingress-nginx on one route.
struct RouteDifference {
    /// A stable kebab-case name for this kind of difference: that of a finding, or of a structural one.
    var code: String
    /// The host and the path, as an Ingress writes them.
    var route: String
    var ingress: ObjectReference?
    var position: SourcePosition?
    var opinion: MigrationOpinion
    /// A request that shows it, where one is known.
    var witness: Witness?

    struct Witness: Hashable {
        /// The command that sends it.
        var command: String
        /// What ingress-nginx makes of it, and what Postern does.
        var ingressNginx: String
        var postern: String
    }

    /// The place in a manifest, or the Ingress.
    var place: MigrationPlace {
        MigrationPlace(object: ingress?.description ?? "", position: position)
    }
}
