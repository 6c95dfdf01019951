import Diagnostics
import KubernetesModel
import ProxyConfiguration

extension Diagnostic {
    static func tooManyExpressions(_ location: LocationDraft, on host: HostPattern) -> Diagnostic {
        location.owner.ingress.finding(
            .error,
            "expressions-too-many",
            "host '\(host.text)' has \(ExpressionBudget.most) regular expressions, which nginx asks one after another; "
                + "this one gets no traffic",
            at: location.place.pathField,
            hint: "write paths without regular expressions, or spread them over hosts"
        )
    }

    /// - Parameter guardName: The annotation of `owner` that is not read.
    static func hostClosed(
        for ingress: Ingress,
        by owner: Ingress,
        _ guardName: String,
        on host: HostPattern
    ) -> Diagnostic {
        ingress.finding(
            .error,
            "host-not-honoured",
            "Ingress \(owner.namespacedName) may guard all of host '\(host.text)' by '\(guardName)'; "
                + "the paths of this Ingress answer 503 there",
            at: "spec.rules"
        )
    }

    static func hostNotClosed(
        for other: Ingress,
        by owner: AdmittedIngress,
        _ guardName: String,
        on host: HostPattern
    ) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "host-not-guarded",
            "'\(guardName)' does not guard the paths of Ingress \(other.namespacedName) on host '\(host.text)': "
                + "it is older, and of another namespace",
            at: owner.annotationField(guardName)
        )
    }
}
