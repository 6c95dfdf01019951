import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// How TLS is spoken with the backends of an Ingress.
enum BackendSecurity: Sendable, Hashable {
    /// As nothing says, or not at all.
    case plain
    /// In a way of its own.
    case own(BackendTLS, BackendFiles)
    /// It cannot be spoken as it is to be, so that no request is passed on.
    case closed

    var files: [PrivateFile] { if case .own(_, let files) = self { files.all } else { [] } }
}

extension AdmittedIngress {
    /// How requests travel to its backends, whichever these are.
    ///
    /// That of a canary is the matter of the other Ingress, once the two have met.
    var transport: BackendTransport {
        guard !values.canary.isOn else { return .plain }
        if case .own(let tls, _) = security { return BackendTransport(values.gateway.spoken, tls: tls) }
        return BackendTransport(values.gateway.spoken)
    }

    /// How requests travel to a Service.
    ///
    /// - Parameter externalName: The name that the Service stands for, where nginx resolves it while serving. It is what the
    ///   other side is told, because servers of many hosts answer for none without it.
    func transport(to service: NamespacedName, _ externalName: HostName? = nil) -> BackendTransport {
        var transport = transport
        guard transport.speaks.usesTLS else { return transport }
        if externalName != nil { transport.tls.sendsName = values.upstreamTLS.sendsName ?? true }
        guard transport.tls.verifies || transport.tls.sendsName else {
            transport.tls.name = nil
            return transport
        }
        let name = externalName ?? HostName("\(service.name).\(service.namespace).svc")
        transport.tls.name = transport.tls.name ?? name.flatMap { Expression(literal: $0.value) }
        return transport
    }

    /// How the endpoints of a Service are asked; `nil` where that is as everywhere.
    func upstreamPolicy(of service: NamespacedName, _ backends: BackendTable) -> UpstreamPolicy? {
        let transport = transport(to: service)
        let asksAddress = values.balancing.asksClusterAddress
        guard transport != .plain || settings.upstreamPolicy != nil || asksAddress != backends.asksClusterAddresses
        else { return nil }
        var policy = settings.upstreamPolicy ?? UpstreamPolicy(balancing: backends.loadBalancing)
        policy.transport = transport
        policy.asksVirtualAddress = asksAddress
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
