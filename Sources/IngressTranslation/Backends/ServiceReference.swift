import KubernetesModel
import NginxSyntax

/// A port of a Service, as an Ingress names it.
struct ServiceReference: Sendable, Hashable {
    var service: NamespacedName
    var port: Ingress.ServicePort

    var portText: String {
        switch port {
        case .number(let number): "\(number)"
        case .name(let name): name
        }
    }

    /// What the access log calls it, as that of ingress-nginx does: `shop-web-80`.
    var logName: Identifier? { Identifier("\(service.namespace)-\(service.name)-\(portText)") }

    var portNumber: Int? {
        if case .number(let number) = port { number } else { nil }
    }
}
