/// The namespaces whose Secrets and ConfigMaps the annotations of an Ingress may name.
package enum NamespaceReach: Sendable, Hashable {
    /// The Ingress's own.
    case own
    case any
}

extension ConfigMap {
    /// The objects that annotations may name where the ConfigMap holds the settings of all Ingresses.
    package var reach: NamespaceReach {
        switch data["allow-cross-namespace-resources"] {
        case "1", "t", "T", "TRUE", "true", "True": .any
        default: .own
        }
    }
}
