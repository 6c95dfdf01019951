import Controller
import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

/// The Ingresses of which something serves, found anew only for the servers that have changed.
actor ServedIngresses {
    private var servers: [VirtualServer] = []
    /// In how many servers each has a part.
    private var uses: [NamespacedName: Int] = [:]
    private var names: Set<NamespacedName> = []

    /// Those of a configuration that serves now.
    func update(to configuration: Configuration) -> Set<NamespacedName> {
        let stretch = DifferingStretch(from: servers, to: configuration.servers, by: ==)
        var touched: Set<NamespacedName> = []
        for server in servers[stretch.old] {
            for name in server.ingresses {
                uses[name, default: 0] -= 1
                touched.insert(name)
            }
        }
        for server in configuration.servers[stretch.new] {
            for name in server.ingresses {
                uses[name, default: 0] += 1
                touched.insert(name)
            }
        }
        servers = configuration.servers
        // Reports share the set, so that to insert even what is in it already would copy it.
        for name in touched {
            if uses[name, default: 0] > 0 {
                if !names.contains(name) { names.insert(name) }
            } else {
                uses[name] = nil
                names.remove(name)
            }
        }
        return names
    }
}

extension VirtualServer {
    /// The Ingresses that have a part in the server.
    fileprivate var ingresses: Set<NamespacedName> {
        let origins =
            [self.origin, self.policy.appRoot?.origin] + self.locations.map(\.origin)
            + self.locations.map(\.canaryOrigin)
        return Set(
            origins.lazy.compactMap(\.self).filter(\.isIngress).map {
                NamespacedName(namespace: $0.namespace, name: $0.name)
            }
        )
    }
}
