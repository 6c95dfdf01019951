import Controller
import Diagnostics
import KubernetesModel
import ProxyConfiguration

extension Configuration {
    /// The Ingresses of which something serves.
    var servedIngresses: Set<NamespacedName> {
        var names: Set<NamespacedName> = []
        for server in servers {
            let origins = [server.origin, server.appRoot?.origin] + server.locations.map(\.origin)
            for case let origin? in origins where origin.isIngress {
                names.insert(NamespacedName(namespace: origin.namespace, name: origin.name))
            }
        }
        return names
    }
}
