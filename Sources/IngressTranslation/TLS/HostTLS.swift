import Diagnostics
import KubernetesModel
import ProxyConfiguration

/// How a host that asks for TLS gets it.
struct HostTLS: Sendable, Hashable {
    /// The Ingress whose `spec.tls` decided.
    var owner: NamespacedName
    /// The Secret that it names for the host, if any.
    var secretName: String?
    /// `nil` where no Secret fits: the fallback certificate serves.
    var certificate: TLSCertificate?
}

extension Ingress {
    /// Says that an older Ingress chose another Secret for a host.
    func secretTaken(for host: HostPattern, by winner: HostTLS) -> [Diagnostic] {
        guard winner.owner != namespacedName, let index = tlsIndex(naming: host) else { return [] }
        let secret = tls[index].secretName
        guard secret != winner.secretName || metadata.namespace != winner.owner.namespace else { return [] }
        return [
            finding(
                .warning,
                "secret-taken",
                "Ingress \(winner.owner) already chose the certificate of host '\(host.text)'; this one is not used",
                at: "spec.tls[\(index)].secretName"
            )
        ]
    }

    /// Findings about entries of `spec.tls` that cannot have an effect.
    func tlsRemarks(_ hosts: [HostPattern]) -> [Diagnostic] {
        guard hosts.contains(where: { $0 != .any }) else {
            guard !tls.isEmpty else { return [] }
            return [
                finding(
                    .warning,
                    "tls-without-host",
                    "TLS needs a rule with a host; the default certificate serves",
                    at: "spec.tls"
                )
            ]
        }
        var remarks: [Diagnostic] = []
        for (index, entry) in tls.enumerated() {
            for (hostIndex, host) in entry.hosts.enumerated() where !hosts.contains(where: { $0.isNamed(host) }) {
                remarks.append(
                    finding(
                        .warning,
                        "tls-host-without-rule",
                        "no rule of the Ingress has host '\(host.excerpt)'; it gets no TLS from here",
                        at: "spec.tls[\(index)].hosts[\(hostIndex)]"
                    )
                )
            }
        }
        return remarks
    }

    /// The first entry of `spec.tls` that lists a host.
    func tlsIndex(naming host: HostPattern) -> Int? {
        tls.firstIndex { $0.hosts.contains(where: host.isNamed) }
    }
}

extension HostPattern {
    func isNamed(_ text: String) -> Bool { self.text == text.lowercased() }
}
