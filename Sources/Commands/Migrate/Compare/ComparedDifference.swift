import Diagnostics
import NginxControl
import ProxyConfiguration

/// A request to which two controllers answer differently.
struct ComparedDifference {
    enum Kind: String, CaseIterable {
        /// Nothing accounts for it.
        case unexplained
        /// A difference of a setting in use, which the documentation names.
        case known
        /// Postern does on purpose what the manifest says.
        case wanted
    }

    var request: String
    /// The host and the path that serve it; `nil` where no Ingress does.
    var route: String?
    var place: MigrationPlace?
    var aspects: [(name: String, old: String, new: String)]
    /// The answer that the manifests ask of Postern; `nil` where they do not decide it.
    var expected: String?
    var kind: Kind
    /// What accounts for it.
    var reason: String?
}

extension ComparedDifference {
    init(
        _ probe: Probe,
        _ old: ComparedAnswer,
        _ new: ComparedAnswer,
        _ aspects: [ComparedAnswer.Aspect],
        _ explainer: DifferenceExplainer
    ) {
        let request = probe.request
        let served = explainer.route(of: request)
        let (kind, reason) = explainer.explanation(of: request, aspects)
        self.init(
            request: probe.line,
            route: served?.name,
            place: served.map(explainer.place),
            aspects: aspects.map { ($0.name, old.text(of: $0), new.text(of: $0)) },
            expected: explainer.expectation(of: request),
            kind: kind,
            reason: reason
        )
    }
}
