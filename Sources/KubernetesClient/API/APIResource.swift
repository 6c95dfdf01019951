package import KubernetesModel
import TextCoding

/// A kind of objects in one version of the API, and where it is found there.
package struct APIResource: Sendable, Hashable {
    /// Empty for the core API.
    package var group: String
    package var version: String
    /// As paths have it, such as `ingresses`.
    package var plural: String
    package var kind: String
    package var isNamespaced: Bool

    package init(group: String = "", version: String, plural: String, kind: String, isNamespaced: Bool = true) {
        self.group = group
        self.version = version
        self.plural = plural
        self.kind = kind
        self.isNamespaced = isNamespaced
    }

    /// As objects have it, such as `networking.k8s.io/v1` or `v1`.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// The path of the collection, or of one object in it.
    ///
    /// - Parameter namespace: `nil` means all namespaces, which only a collection has.
    package func path(namespace: String? = nil, name: String? = nil, subresource: String? = nil) -> String {
        var path = group.isEmpty ? "/api/\(version)" : "/apis/\(apiVersion)"
        if isNamespaced, let namespace { path += "/namespaces/\(namespace.percentEncoded)" }
        path += "/\(plural)"
        if let name { path += "/\(name.percentEncoded)" }
        if let subresource { path += "/\(subresource)" }
        return path
    }

    package func path(of object: NamespacedName, subresource: String? = nil) -> String {
        path(namespace: object.namespace, name: object.name, subresource: subresource)
    }
}

extension APIResource {
    package static let services = APIResource(version: "v1", plural: "services", kind: "Service")
    package static let endpoints = APIResource(version: "v1", plural: "endpoints", kind: "Endpoints")
    package static let secrets = APIResource(version: "v1", plural: "secrets", kind: "Secret")
    package static let configMaps = APIResource(version: "v1", plural: "configmaps", kind: "ConfigMap")
    package static let pods = APIResource(version: "v1", plural: "pods", kind: "Pod")
    package static let nodes = APIResource(version: "v1", plural: "nodes", kind: "Node", isNamespaced: false)
    package static let namespaces = APIResource(
        version: "v1",
        plural: "namespaces",
        kind: "Namespace",
        isNamespaced: false
    )
    package static let events = APIResource(version: "v1", plural: "events", kind: "Event")
    package static let leases = APIResource(
        group: "coordination.k8s.io",
        version: "v1",
        plural: "leases",
        kind: "Lease"
    )

    /// In one of the versions that there have been; see ``APIVersions``.
    package static func ingresses(_ group: String = "networking.k8s.io", _ version: String = "v1") -> APIResource {
        APIResource(group: group, version: version, plural: "ingresses", kind: "Ingress")
    }

    package static func ingressClasses(_ version: String = "v1") -> APIResource {
        APIResource(
            group: "networking.k8s.io",
            version: version,
            plural: "ingressclasses",
            kind: "IngressClass",
            isNamespaced: false
        )
    }

    package static func endpointSlices(_ version: String = "v1") -> APIResource {
        APIResource(group: "discovery.k8s.io", version: version, plural: "endpointslices", kind: "EndpointSlice")
    }
}
