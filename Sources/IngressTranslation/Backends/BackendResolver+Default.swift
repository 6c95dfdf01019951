import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

extension BackendResolver {
    /// Who serves what no Ingress does: the first port of a Service, else nginx's own 404.
    mutating func defaultBackend(
        _ service: NamespacedName?,
        _ diagnostics: inout [Diagnostic]
    ) -> Location.Action {
        guard let service else { return .status(.notFound) }
        let port = firstPort(of: service) ?? .number(80)
        let resolved = resolve(ServiceReference(service: service, port: port))
        if let problem = resolved.problem {
            diagnostics.append(.defaultBackend(service, problem))
        }
        switch resolved.target {
        case .backend(let backend): return .proxy(backend)
        case .status(let code): return .status(code)
        }
    }
}

extension Diagnostic {
    fileprivate static func defaultBackend(
        _ service: NamespacedName,
        _ problem: ResolvedBackend.Problem
    ) -> Diagnostic {
        switch problem {
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
