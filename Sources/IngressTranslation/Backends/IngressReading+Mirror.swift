import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A copy of each request of an Ingress, with the upstream that its receiver is.
struct MirrorDraft: Sendable, Hashable {
    var mirror: RequestMirror
    var upstream: UpstreamKey?
}

extension IngressReading {
    /// Finds out who gets copies of requests; `nil` where nobody does.
    mutating func mirror(of owner: AdmittedIngress, _ backends: inout BackendTable) -> MirrorDraft? {
        let values = owner.values.mirror
        guard values != SettingValues.builtIn.mirror else { return nil }
        guard let url = values.target else {
            // What is wrong with a target is said already.
            guard owner.annotation("mirror-target") == nil else { return nil }
            diagnostics += owner.findings(
                without: "no 'mirror-target' has requests copied",
                Mirror.dependentAnnotations
            )
            return nil
        }
        guard let (receiver, upstream) = receiver(url, of: owner, &backends) else { return nil }
        let host = values.host.flatMap { Expression(literal: $0.value) } ?? url.hostName
        return MirrorDraft(
            mirror: RequestMirror(
                to: receiver,
                usesTLS: url.usesTLS,
                host: host,
                target: url.target,
                copiesBody: values.copiesBody
            ),
            upstream: upstream
        )
    }

    private mutating func receiver(
        _ url: ServiceURL,
        of owner: AdmittedIngress,
        _ backends: inout BackendTable
    ) -> (RequestMirror.Receiver, UpstreamKey?)? {
        switch url.host {
        case .service(let name):
            return receiver(ServiceReference(service: name, port: .number(Int(url.port.value))), of: owner, &backends)
        case .address(let address): return (.address(.internet(address, url.port)), nil)
        case .name(let name):
            guard backends.resolvesNames else {
                diagnostics.append(owner.notMirrored("nobody resolves '\(name.value.excerpt)'"))
                return nil
            }
            return (.name(name, url.port), nil)
        case .ofRequest:
            diagnostics.append(owner.notMirrored("'$host' names the request's own host"))
            return nil
        }
    }

    private mutating func receiver(
        _ reference: ServiceReference,
        of owner: AdmittedIngress,
        _ backends: inout BackendTable
    ) -> (RequestMirror.Receiver, UpstreamKey?)? {
        let resolved = resolve(reference, &backends).backend
        if let fault = resolved.fault {
            let service = "Service '\(reference.service)'"
            diagnostics.append(
                fault.isAssumption
                    ? owner.mirrorAssumed("\(service) is not in the input with endpoints")
                    : owner.notMirrored("\(service) has no endpoint for port '\(reference.portText)'")
            )
        }
        switch resolved.target {
        case .backend(.upstream(let name)): return (.upstream(name), resolved.upstream)
        case .backend(.name(let host, let port)): return (.name(host, port), nil)
        case .status: return nil
        }
    }
}

extension AdmittedIngress {
    private func mirrorFinding(_ severity: Diagnostic.Severity, _ code: String, _ message: String) -> Diagnostic {
        ingress.finding(severity, code, message, at: annotationField("mirror-target"))
    }

    fileprivate func notMirrored(_ reason: String) -> Diagnostic {
        mirrorFinding(.warning, "not-mirrored", "\(reason), which 'mirror-target' names; no request is copied")
    }

    fileprivate func mirrorAssumed(_ reason: String) -> Diagnostic {
        mirrorFinding(.note, "service-assumed", "\(reason), which 'mirror-target' names; 192.0.2.1 stands for them")
    }
}
