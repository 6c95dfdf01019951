import Diagnostics
import KubernetesModel

/// Hosts of rules that `spec.tls` of their Ingress passes over, where it lists others.
///
/// Where a Secret is in the input, translation says whether its certificate is for the host all the same.
struct UnlistedHosts {
    private let ingresses: [Ingress]
    private let secrets: Set<NamespacedName>

    init(_ ingresses: [Ingress], _ secrets: [Secret]) {
        self.ingresses = ingresses
        self.secrets = Set(secrets.map(\.namespacedName))
    }

    var findings: [Diagnostic] { ingresses.filter { !$0.tls.isEmpty }.flatMap(findings) }

    private func findings(of ingress: Ingress) -> [Diagnostic] {
        let isKnown = ingress.tls.contains { entry in
            let name = entry.secretName.map { NamespacedName(namespace: ingress.metadata.namespace, name: $0) }
            return entry.hosts.isEmpty || name.map(secrets.contains) ?? true
        }
        guard !isKnown else { return [] }
        let listed = Set(ingress.tls.flatMap(\.hosts).map { $0.lowercased() })
        return ingress.rules.enumerated().compactMap { number, rule in
            guard let host = rule.host?.lowercased(), !host.isEmpty, !listed.contains(host) else { return nil }
            let parent = host.firstIndex(of: ".").map { "*\(host[$0...])" }
            guard parent.map(listed.contains) != true else { return nil }
            let field = "spec.rules[\(number)].host"
            return Diagnostic(
                .note,
                code: "tls-host-unlisted",
                "spec.tls lists other hosts than '\(host.excerpt)'; the default certificate serves it, unless that of one "
                    + "of the Secrets is for it as well",
                object: ingress.reference,
                field: field,
                position: ingress.metadata.source?.position(of: field),
                hint: "add it to an entry of spec.tls"
            )
        }
    }
}
