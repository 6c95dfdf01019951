import Diagnostics
import KubernetesModel
import ProxyConfiguration

extension ServerDraft {
    /// The certificates that clients of the host have to show, and the Ingresses that are closed because they want others.
    ///
    /// nginx asks for certificates before it knows a path, so that they are a matter of the whole host: those that the
    /// oldest Ingress wants which wants some count. Nobody can have them asked for on a host that another namespace had
    /// before; what wants them is closed there, and so is what wants others.
    static func clients(
        of owners: [AdmittedIngress],
        on host: HostPattern,
        _ diagnostics: inout [Diagnostic]
    ) -> (verification: ClientVerification?, closed: [NamespacedName: String]) {
        let asking = owners.filter { $0.clientCheck != nil }
        guard let first = asking.first, let check = first.clientCheck else { return (nil, [:]) }
        let namespace = first.ingress.metadata.namespace
        let older = owners.prefix { $0 !== first }
        var closed: [NamespacedName: String] = [:]
        if let stranger = older.first(where: { $0.ingress.metadata.namespace != namespace }) {
            for owner in asking {
                closed[owner.ingress.namespacedName] = "auth-tls-secret"
                diagnostics.append(.certificatesNotAsked(of: owner, besides: stranger, on: host))
            }
            return (nil, closed)
        }
        for owner in asking.dropFirst() {
            guard let other = owner.clientCheck, !check.isAsStrict(as: other) else { continue }
            closed[owner.ingress.namespacedName] = "auth-tls-secret"
            diagnostics.append(.certificatesTaken(from: owner, by: first, on: host))
        }
        return (check.verification, closed)
    }
}

extension Diagnostic {
    fileprivate static func certificatesNotAsked(
        of owner: AdmittedIngress,
        besides stranger: AdmittedIngress,
        on host: HostPattern
    ) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "client-certificates-not-asked",
            "certificates of clients are a matter of all of \(host.words), which Ingress "
                + "\(stranger.ingress.namespacedName) had before, and it is of another namespace; the paths of this Ingress "
                + "answer 503 there",
            at: owner.givenField("auth-tls-secret") ?? owner.annotationField("auth-tls-match-cn")
        )
    }

    fileprivate static func certificatesTaken(
        from owner: AdmittedIngress,
        by winner: AdmittedIngress,
        on host: HostPattern
    ) -> Diagnostic {
        owner.ingress.finding(
            .error,
            "client-certificates-taken",
            "Ingress \(winner.ingress.namespacedName) already asks clients of \(host.words) for other certificates; the "
                + "paths of this Ingress answer 503 there",
            at: owner.givenField("auth-tls-secret") ?? owner.annotationField("auth-tls-match-cn")
        )
    }
}
