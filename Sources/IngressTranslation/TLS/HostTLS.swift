import Diagnostics
import KubernetesModel
import ProxyConfiguration

/// How a host that asks for TLS gets it.
struct HostTLS: Sendable, Hashable {
    /// The Ingress whose `spec.tls` decided.
    var owner: NamespacedName
    /// The Secret that it names for the host, if any.
    var secret: NamespacedName?
    /// `nil` where no Secret fits: the fallback certificate serves.
    var certificate: PrivateFile?
}

extension IngressRoutes {
    /// Says that an older Ingress chose another Secret for a host.
    func secretTaken(for host: HostPattern, by winner: HostTLS) -> [Diagnostic] {
        guard winner.owner != ingress.namespacedName, let index = tls.index(for: host) else { return [] }
        guard tls.secret(ofEntry: index) != winner.secret else { return [] }
        return [
            ingress.finding(
                .warning,
                "secret-taken",
                "Ingress \(winner.owner) already chose the certificate of \(host.words); this one is not used",
                at: "spec.tls[\(index)].secretName"
            )
        ]
    }
}

extension HostPattern {
    /// How findings about TLS name it.
    var words: String { self == .any ? "hosts that no Ingress names" : "host '\(text)'" }
}
