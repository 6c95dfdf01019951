import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

/// An Ingress that is served, with what its annotations ask for.
///
/// A class, because everything that comes of an Ingress keeps it for its findings.
final class AdmittedIngress: Sendable {
    let ingress: Ingress
    let options: IngressOptions
    let reference: ObjectReference?
    let policy: ByReference<LocationPolicy>

    init(_ ingress: Ingress, _ options: IngressOptions) {
        self.ingress = ingress
        self.options = options
        reference = ingress.reference
        policy = options.policy
    }
}

/// Where in an Ingress a backend stands.
enum BackendPlace: Hashable {
    case path(rule: Int, path: Int)
    case defaultBackend

    /// The path of the field that the backend belongs to.
    var field: String {
        switch self {
        case .path(let rule, let path): "spec.rules[\(rule)].http.paths[\(path)]"
        case .defaultBackend: "spec.defaultBackend"
        }
    }

    /// The path of the backend itself.
    var backendField: String {
        switch self {
        case .path: field + ".backend"
        case .defaultBackend: field
        }
    }

    /// The path of the field that says which requests come here.
    var pathField: String {
        switch self {
        case .path: field + ".path"
        case .defaultBackend: field
        }
    }
}
