/// The fields we read of an Ingress, in the shape of `networking.k8s.io/v1`, whatever version it was written in.
///
/// See [Ingress](https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/).
package struct Ingress: KubernetesObject, Codable {
    package static let kind = "Ingress"

    package var metadata: ObjectMetadata
    package var ingressClassName: String?
    package var defaultBackend: Backend?
    package var tls: [TLS]
    package var rules: [Rule]

    package init(
        metadata: ObjectMetadata,
        ingressClassName: String? = nil,
        defaultBackend: Backend? = nil,
        tls: [TLS] = [],
        rules: [Rule] = []
    ) {
        self.metadata = metadata
        self.ingressClassName = ingressClassName
        self.defaultBackend = defaultBackend
        self.tls = tls
        self.rules = rules
    }

    /// Hosts that a Secret's certificate is for.
    package struct TLS: Sendable, Hashable, Codable {
        /// As written; empty means every host of the Ingress that the certificate covers, and hosts that nobody names.
        package var hosts: [String]
        /// `nil` means the default certificate; so does an empty name, as the API has it.
        package let secretName: String?

        package init(hosts: [String] = [], secretName: String? = nil) {
            self.hosts = hosts
            self.secretName = secretName.flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    /// The paths of one host.
    package struct Rule: Sendable, Hashable, Codable {
        /// As written: `nil` or empty means every host.
        package var host: String?
        /// `nil` where the rule has no `http`, which sends all of the host to the default backend.
        package var paths: [Path]?

        package init(host: String? = nil, paths: [Path]? = nil) {
            self.host = host
            self.paths = paths
        }
    }

    package struct Path: Sendable, Hashable, Codable {
        /// As written; `nil` or empty means `/`.
        package var path: String?
        /// `nil` where the version of the API or the author left it out.
        package var pathType: PathType?
        package var backend: Backend

        package init(path: String? = nil, pathType: PathType? = nil, backend: Backend) {
            self.path = path
            self.pathType = pathType
            self.backend = backend
        }
    }

    package enum PathType: String, Sendable, Hashable, Codable, CaseIterable {
        case exact = "Exact"
        case prefix = "Prefix"
        case implementationSpecific = "ImplementationSpecific"
    }

    package enum Backend: Sendable, Hashable, Codable {
        case service(name: String, port: ServicePort)
        /// A custom resource of the same namespace.
        case resource(apiGroup: String?, kind: String, name: String)
    }

    package enum ServicePort: Sendable, Hashable, Codable {
        case number(Int)
        case name(String)
    }
}
