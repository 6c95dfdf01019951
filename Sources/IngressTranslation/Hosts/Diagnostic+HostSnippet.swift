import Diagnostics
import KubernetesModel
import ProxyConfiguration

extension Diagnostic {
    static func snippetOfNewcomer(_ owner: AdmittedIngress, _ older: Ingress, on host: HostPattern) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "snippet-of-newcomer",
            "'server-snippet' has no effect on host '\(host.text)', which Ingress \(older.namespacedName) of another "
                + "namespace had before",
            at: owner.annotationField("server-snippet")
        )
    }

    static func snippetOfAnyHost(_ owner: AdmittedIngress) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "snippet-of-any-host",
            "'server-snippet' has no effect where no Ingress names the host: load balancers ask for /healthz there",
            at: owner.annotationField("server-snippet"),
            hint: "name a host in the rule"
        )
    }

    static func snippetGuardTaken(_ owner: AdmittedIngress, by winner: Ingress, on host: HostPattern) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "snippet-guard-taken",
            "'server-snippet' may guard access, and that of Ingress \(winner.namespacedName) counts for host "
                + "'\(host.text)'; the paths of this Ingress answer 503 there",
            at: owner.annotationField("server-snippet")
        )
    }

    static func snippetLocationTaken(
        _ location: SnippetLocation,
        of owner: AdmittedIngress,
        on host: HostPattern
    ) -> Diagnostic {
        owner.ingress.finding(
            location.mayRefuse ? .error : .warning,
            "snippet-location-taken",
            "an Ingress serves what 'location \(location.text.excerpt)' in line \(location.line) of 'server-snippet' is for "
                + "on host '\(host.text)'; "
                + (location.mayRefuse
                    ? "it may guard access, and the paths of this Ingress answer 503 there" : "it gets no requests"),
            at: owner.annotationField("server-snippet")
        )
    }
}
