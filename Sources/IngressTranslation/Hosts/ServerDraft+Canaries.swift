import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

extension ServerDraft {
    /// Gives the locations of the host their canaries, of which older Ingresses' come first.
    ///
    /// A location has one at the most: the next are told that they get nothing. Who guards access by a setting of a
    /// canary is told, and its backend gets nothing: the settings that hold are those of the other Ingress.
    mutating func merge(_ canaries: [IngressRoutes], _ diagnostics: inout [Diagnostic]) {
        guard canaries.contains(where: { !$0.canaries(for: host).isEmpty }) else { return }
        var declared: [DeclaredPath: PathMatch] = [:]
        for (match, location) in locations {
            if let path = DeclaredPath(location.place, of: location.owner.ingress) { declared[path] = match }
        }
        for canary in canaries.flatMap({ $0.canaries(for: host) }) {
            var location: LocationDraft?
            if let path = canary.path {
                location = declared[path].flatMap { locations[$0] }
            } else {
                location = fallback
            }
            guard var location else {
                let isIdle = canary.owner.values.canary.rules.takeNothing
                if !isIdle { diagnostics.append(.canaryWithoutPrimary(canary, on: host)) }
                continue
            }
            diagnostics += location.merge(canary, on: host)
            replace(location)
        }
    }
}

extension LocationDraft {
    /// Takes a canary, where it may be one of this location; returns what is to be said of it.
    fileprivate mutating func merge(_ canary: CanaryDraft, on host: HostPattern) -> [Diagnostic] {
        guard canary.owner.ingress.metadata.namespace == owner.ingress.metadata.namespace else {
            return [.canaryOfAnotherNamespace(canary, of: self, on: host)]
        }
        // What answers itself, for want of endpoints or because access is closed, has nobody to share with.
        guard case .proxy(var proxying) = action else { return [] }
        guard !canary.guardsOtherwise(than: owner, policy.value) else { return [.canaryGuarded(canary, besides: self)] }
        // What takes no new client has a place only where clients are kept that it took before.
        guard owner.values.affinity.isOn || !canary.owner.values.canary.rules.takeNothing else { return [] }
        guard !isServed(by: canary, proxying.backends.primary) else { return [.canaryIsPrimary(canary, on: host)] }
        if let winner = self.canary { return [.canaryTaken(canary, by: winner.owner.ingress.namespacedName, on: host)] }
        var taken = canary.travelling(by: proxying.transport)
        var rules = canary.owner.values.canary.rules
        if let rule = owner.values.affinity.rule {
            let keepsClients = canary.owner.values.canary.keepsClients
            rules.session = CanaryRules.Session(rule.cookie, keepsAtCanary: keepsClients)
            if keepsClients { taken = taken.keepingClients(by: rule) }
        }
        proxying.backends = BackendSplit(
            proxying.backends.primary,
            canary: CanaryBackend(
                taken.backend,
                origin: taken.owner.reference,
                rules: rules,
                backendName: taken.backendName
            )
        )
        action = .proxy(proxying)
        self.canary = ByReference(taken)
        return []
    }

    /// Whether a canary is the same port of the same Service, however its endpoints are asked.
    private func isServed(by canary: CanaryDraft, _ primary: Backend) -> Bool {
        guard let upstream, let other = canary.upstream else { return primary == canary.backend }
        return upstream.ofPort == other.ofPort
    }
}

extension CanaryDraft {
    /// Whether it is for other clients than a location whose settings hold for its requests.
    fileprivate func guardsOtherwise(than other: AdmittedIngress, _ policy: LocationPolicy) -> Bool {
        let own = owner.policy.value
        return owner.values.basicAuth.guardsOtherwise(than: other.values.basicAuth)
            || owner.values.clientCertificates.guardsOtherwise(than: other.values.clientCertificates)
            || own.access != nil && own.access != policy.access || own.blocked != nil && own.blocked != policy.blocked
    }
}

extension Diagnostic {
    fileprivate static func canaryGuarded(_ canary: CanaryDraft, besides location: LocationDraft) -> Diagnostic {
        canary.owner.ingress.finding(
            .error,
            "canary-guarded",
            "the Ingress is for other clients than Ingress \(location.owner.ingress.namespacedName), by whose settings "
                + "requests come here; it gets no traffic",
            at: canary.place.pathField
        )
    }

    fileprivate static func canaryWithoutPrimary(_ canary: CanaryDraft, on host: HostPattern) -> Diagnostic {
        let what = canary.path == nil ? "has no default backend" : "has no path of this text and type"
        return canary.owner.ingress.finding(
            .warning,
            "canary-without-primary",
            "host '\(host.text)' \(what) that this could be an alternative of; it gets no traffic",
            at: canary.place.pathField
        )
    }

    fileprivate static func canaryOfAnotherNamespace(
        _ canary: CanaryDraft,
        of location: LocationDraft,
        on host: HostPattern
    ) -> Diagnostic {
        canary.owner.ingress.finding(
            .warning,
            "canary-of-another-namespace",
            "Ingress \(location.owner.ingress.namespacedName) serves this path of host '\(host.text)', and only an "
                + "Ingress of its namespace may take requests from it; this one gets no traffic",
            at: canary.place.pathField,
            hint: "move the Ingress to that namespace, with a Service of type ExternalName for its backend"
        )
    }

    fileprivate static func canaryIsPrimary(_ canary: CanaryDraft, on host: HostPattern) -> Diagnostic {
        canary.owner.ingress.finding(
            .warning,
            "canary-is-primary",
            "this backend serves the path of host '\(host.text)' already; as a canary it changes nothing",
            at: canary.place.backendField
        )
    }

    fileprivate static func canaryTaken(
        _ canary: CanaryDraft,
        by winner: NamespacedName,
        on host: HostPattern
    ) -> Diagnostic {
        canary.owner.ingress.finding(
            .warning,
            "canary-taken",
            "Ingress \(winner) is already the canary of this path of host '\(host.text)', which has one at the most; "
                + "this one gets no traffic",
            at: canary.place.pathField
        )
    }
}
