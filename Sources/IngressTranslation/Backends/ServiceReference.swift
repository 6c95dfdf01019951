import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A port of a Service, as an Ingress names it.
struct ServiceReference: Sendable, Hashable {
    var service: NamespacedName
    var port: Ingress.ServicePort
    /// How its servers are asked; `nil` where that is as everywhere.
    var policy: UpstreamPolicy?

    /// What tells one reference to a Service from another.
    struct Use: Sendable, Hashable {
        var port: Ingress.ServicePort
        var policy: UpstreamPolicy?
    }

    init(service: NamespacedName, port: Ingress.ServicePort, policy: UpstreamPolicy? = nil) {
        self.service = service
        self.port = port
        self.policy = policy
    }

    var use: Use { Use(port: port, policy: policy) }

    var portText: String {
        switch port {
        case .number(let number): "\(number)"
        case .name(let name): name
        }
    }

    /// What the access log calls it, as that of ingress-nginx does: `shop-web-80`.
    var logName: BackendName? {
        Identifier("\(service.namespace)_\(service.name)_\(portText)").map { BackendName($0) }
    }

    var portNumber: Int? {
        if case .number(let number) = port { number } else { nil }
    }
}
