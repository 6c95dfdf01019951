import KubernetesClient
import KubernetesModel

/// A kind of objects that is watched.
enum WatchedKind: Sendable, Hashable {
    case ingress
    case ingressClass
    case service
    case endpoints
    case secret
    /// Those with the labels that are asked for.
    case namespace
    /// The one of this name, which somebody names: no other ConfigMap is asked for.
    case configMap(NamespacedName)

    /// Those that are watched whatever there is.
    static let always: [WatchedKind] = [.ingress, .ingressClass, .service, .endpoints, .secret, .namespace]

    /// Whether anything can be served without having read it: to take it for empty would take routes away.
    ///
    /// Classes that may not be read are known by their names, and hosts have no certificates of their own where Secrets
    /// may not be read.
    ///
    /// - Parameter configMaps: The ConfigMaps that are named, with the need for each.
    func need(_ configMaps: [NamespacedName: ObjectNeed]) -> ObjectNeed {
        switch self {
        case .ingress, .service, .endpoints, .namespace: .always
        case .ingressClass, .secret: .unlessForbidden
        case .configMap(let name): configMaps[name] ?? .whereReadable
        }
    }
}

extension APIVersions {
    /// How each kind is asked for; what the API or the scope does not have is left out.
    func queries(_ scope: ClusterScope) -> [WatchedKind: ResourceQuery] {
        var queries: [WatchedKind: ResourceQuery] = [
            .ingress: ResourceQuery(ingresses, namespace: scope.namespace),
            .service: ResourceQuery(.services, namespace: scope.namespace),
            .endpoints: ResourceQuery(endpoints, namespace: scope.namespace),
            .secret: ResourceQuery(
                .secrets,
                namespace: scope.namespace,
                // There may be very many of these, and none holds a certificate.
                fieldSelector: "type!=kubernetes.io/service-account-token,type!=helm.sh/release.v1"
            ),
        ]
        queries[.ingressClass] = ingressClasses.map { ResourceQuery($0) }
        queries[.namespace] = scope.namespaceSelector.map { ResourceQuery(.namespaces, labelSelector: $0) }
        return queries
    }
}

extension ResourceQuery {
    /// Asks for one ConfigMap, as a Role may allow it by `resourceNames`.
    init(configMap name: NamespacedName) {
        self.init(.configMaps, namespace: name.namespace, fieldSelector: "metadata.name=\(name.name)")
    }
}
