import KubernetesClient
import KubernetesModel

/// The kinds of objects that a cluster is asked for.
enum WatchedKind: CaseIterable, Sendable {
    case namespaces, ingressClasses, ingresses, services, endpoints, secrets, configMap

    /// Whether no state is whole without it, so that it is waited for even while it is forbidden.
    ///
    /// Without Ingresses, or without where they lead, a reconcile would take away what serves.
    var isEssential: Bool {
        switch self {
        case .namespaces, .ingresses, .services, .endpoints: true
        case .ingressClasses, .secrets, .configMap: false
        }
    }

    /// What to ask for; `nil` where nothing is.
    func query(_ scope: ClusterScope, _ versions: APIVersions) -> ResourceQuery? {
        switch self {
        case .namespaces:
            scope.namespaceSelector.map { ResourceQuery(.namespaces, labelSelector: $0) }
        case .ingressClasses:
            versions.ingressClasses.map { ResourceQuery($0) }
        case .ingresses:
            ResourceQuery(versions.ingresses, namespace: scope.namespace)
        case .services:
            ResourceQuery(.services, namespace: scope.namespace)
        case .endpoints:
            ResourceQuery(versions.endpoints, namespace: scope.namespace)
        case .secrets:
            // These two are most of what clusters have, and none of them is a certificate.
            ResourceQuery(
                .secrets,
                namespace: scope.namespace,
                fieldSelector: "type!=kubernetes.io/service-account-token,type!=helm.sh/release.v1"
            )
        case .configMap:
            scope.configMap.map {
                ResourceQuery(.configMaps, namespace: $0.namespace, fieldSelector: "metadata.name=\($0.name)")
            }
        }
    }
}
