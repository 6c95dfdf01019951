import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension IngressReading {
    /// What becomes of the requests for a backend.
    mutating func served(
        by backend: Ingress.Backend,
        rewrite: Rewrite?,
        at place: BackendPlace,
        of owner: AdmittedIngress,
        _ backends: inout BackendTable
    ) -> (action: Location.Action, upstream: UpstreamKey?, backendName: BackendName?) {
        let reference = reference(to: backend, of: owner, backends)
        guard !owner.values.isDenied else { return (.status(.serviceUnavailable), nil, reference?.logName) }
        // Who is sent elsewhere needs no backend. A canary has the settings of the other Ingress.
        if let redirect = owner.values.fixedRedirect, !owner.values.canary.isOn, !ingress.rules.isEmpty {
            return (.fixedRedirect(redirect), nil, reference?.logName)
        }
        if let rewrite, owner.values.rewriting.target?.isURL ?? false {
            return (.redirect(rewrite), nil, reference?.logName)
        }
        guard let reference else {
            diagnostics.append(
                .resourceBackend(of: ingress, at: place.backendField, isCanary: owner.values.canary.isOn)
            )
            return (.status(.notFound), nil, nil)
        }
        guard owner.security != .closed, owner.passwords != .closed else {
            return (.status(.serviceUnavailable), nil, reference.logName)
        }
        guard backends.speaks(owner.transport.speaks) else {
            diagnostics.append(owner.protocolNotBuilt)
            return (.status(.serviceUnavailable), nil, reference.logName)
        }
        let (resolved, isFirst) = resolve(reference, &backends)
        if let fault = resolved.fault {
            let finding = ingress.finding(
                fault,
                with: reference,
                at: place.backendField,
                consequence: owner.consequenceOfMissingBackend
            )
            if !fault.isAssumption {
                diagnostics.append(finding)
            } else if isFirst {
                assumptions.append(IngressRoutes.Assumption(reference: reference, finding: finding))
            }
        }
        if case .status = resolved.target, let standIn = owner.errorAnswers.standIn {
            let transport = owner.transport(to: standIn.reference.service, standIn.backend.externalName)
            let action = standIn.backend.action(rewrite: rewrite, by: transport)
                .sending(owner.values.backendHeaders, of: ingress, for: reference)
                .standingIn(for: ErrorSource(reference, of: ingress))
            return (action, standIn.backend.upstream, standIn.reference.logName)
        }
        let backendName = resolved.upstream?.isReadable ?? false ? nil : reference.logName
        if isFirst, let finding = owner.appProtocolUnused(resolved.appProtocol, of: reference, at: place) {
            diagnostics.append(finding)
        }
        let transport = owner.transport(to: reference.service, resolved.externalName)
        let action = resolved.action(rewrite: rewrite, by: transport)
            .sending(owner.values.backendHeaders, of: ingress, for: reference)
        return (action, resolved.upstream, backendName)
    }
}

extension AdmittedIngress {
    /// The fate of requests for a backend without endpoints.
    fileprivate var consequenceOfMissingBackend: String {
        if values.canary.isOn { return "the canary gets no traffic" }
        guard let standIn = errorAnswers.standIn else { return "requests answer 503" }
        return "Service '\(standIn.reference.service)' serves in its place"
    }
}
