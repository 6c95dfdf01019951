import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The backend of requests that no Ingress serves: the first port of a Service, else nginx's own 404.
struct DefaultBackend: Sendable, Hashable {
    let reference: ServiceReference?
    let backend: ResolvedBackend
    let diagnostics: [Diagnostic]

    /// Holds on to its reference until it is released.
    init(_ service: NamespacedName?, _ backends: inout BackendTable) {
        guard let service else {
            reference = nil
            backend = ResolvedBackend(target: .status(.notFound))
            diagnostics = []
            return
        }
        let reference = ServiceReference(service: service, port: backends.firstPort(of: service) ?? .number(80))
        self.reference = reference
        backend = backends.use(reference)
        diagnostics = backend.fault.map { [.defaultBackend(service, $0)] } ?? []
    }
}

extension Diagnostic {
    fileprivate static func defaultBackend(
        _ service: NamespacedName,
        _ fault: ResolvedBackend.Fault
    ) -> Diagnostic {
        switch fault {
        case .serviceAssumed, .endpointsAssumed:
            Diagnostic(
                .note,
                code: "default-backend-assumed",
                "the input has no endpoints of the default backend, Service '\(service)'; 192.0.2.1 stands for them"
            )
        default:
            Diagnostic(
                .warning,
                code: "default-backend-unavailable",
                "the default backend, Service '\(service)', has no ready endpoint; requests that no Ingress "
                    + "serves answer 503"
            )
        }
    }
}
