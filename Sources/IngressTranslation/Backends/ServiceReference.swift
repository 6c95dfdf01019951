import KubernetesModel

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

    var portNumber: Int? {
        if case .number(let number) = port { number } else { nil }
    }
}
