import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// A port of a Service, as an Ingress names it.
struct ServiceReference: Sendable, Hashable {
    var service: NamespacedName
    var port: Ingress.ServicePort
    /// How its servers are asked; `nil` where that is as everywhere.
    var policy: UpstreamPolicy?

    /// The identity of a reference to a Service.
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

    /// The name in the access log, as in that of ingress-nginx: `shop-web-80`.
    var logName: BackendName? {
        Identifier("\(service.namespace)_\(service.name)_\(portText)").map { BackendName($0) }
    }

    var portNumber: Int? {
        if case .number(let number) = port { number } else { nil }
    }
}
