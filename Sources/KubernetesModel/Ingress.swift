import Incremental

/// The fields we read of an Ingress, in the shape of `networking.k8s.io/v1`, whatever version it was written in.
///
/// See [Ingress](https://kubernetes.io/docs/reference/kubernetes-api/service-resources/ingress-v1/).
package struct Ingress: KubernetesObject, Codable {
    package static let kind = "Ingress"

    private struct Fields: Sendable, Hashable, Codable {
        var metadata: ObjectMetadata
        var ingressClassName: String?
        var defaultBackend: Backend?
        var tls: [TLS]
        var rules: [Rule]
    }

    private var fields: ByReference<Fields>

    package init(
        metadata: ObjectMetadata,
        ingressClassName: String? = nil,
        defaultBackend: Backend? = nil,
        tls: [TLS] = [],
        rules: [Rule] = []
    ) {
        fields = ByReference(
            Fields(
                metadata: metadata,
                ingressClassName: ingressClassName,
                defaultBackend: defaultBackend,
                tls: tls,
                rules: rules
            )
        )
    }

    package var metadata: ObjectMetadata {
        _read { yield fields.value.metadata }
        set { fields.value.metadata = newValue }
    }

    package var ingressClassName: String? {
        _read { yield fields.value.ingressClassName }
        set { fields.value.ingressClassName = newValue }
    }

    package var defaultBackend: Backend? {
        _read { yield fields.value.defaultBackend }
        set { fields.value.defaultBackend = newValue }
    }

    package var tls: [TLS] {
        _read { yield fields.value.tls }
        set { fields.value.tls = newValue }
    }

    package var rules: [Rule] {
        _read { yield fields.value.rules }
        set { fields.value.rules = newValue }
    }

    /// Whether both are copies of one, so that they need not be compared.
    package func isCopy(of other: Self) -> Bool { fields.isCopy(of: other.fields) }

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

extension Ingress {
    package init(from decoder: any Decoder) throws { fields = ByReference(try Fields(from: decoder)) }

    package func encode(to encoder: any Encoder) throws { try fields.value.encode(to: encoder) }
}
