import Diagnostics
import KubernetesModel
import ProxyConfiguration

extension AdmittedIngress {
    /// How requests travel to its backends.
    ///
    /// That of a canary is the matter of the other Ingress, once the two have met.
    var transport: BackendTransport { values.canary.isOn ? .plain : BackendTransport(values.gateway.spoken) }

    /// How the endpoints of its Services are asked; `nil` where that is as everywhere.
    func upstreamPolicy(_ backends: BackendTable) -> UpstreamPolicy? {
        guard transport != .plain else { return settings.upstreamPolicy }
        var policy = settings.upstreamPolicy ?? UpstreamPolicy(balancing: backends.loadBalancing)
        policy.transport = transport
        return policy
    }

    var protocolNotBuilt: Diagnostic {
        ingress.finding(
            .error,
            "protocol-not-built",
            "this build of nginx lacks the module for \(transport.speaks.name); requests answer 503",
            at: annotationField("backend-protocol")
        )
    }
}
