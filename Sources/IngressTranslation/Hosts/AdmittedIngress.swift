import Diagnostics
import Incremental
import KubernetesModel
import ProxyConfiguration

/// An Ingress that is served, with what its annotations ask for.
///
/// A class, because everything that comes of an Ingress keeps it for its findings.
final class AdmittedIngress: Sendable {
    let ingress: Ingress
    private let shared: ByReference<IngressSettings>
    let reference: ObjectReference?
    /// The prefix of annotations, without the slash.
    private let prefix: String

    init(_ ingress: Ingress, _ settings: ByReference<IngressSettings>, prefix: String) {
        self.ingress = ingress
        self.prefix = prefix
        shared = settings
        reference = ingress.reference
    }

    var settings: IngressSettings { _read { yield shared.value } }
    var values: SettingValues { _read { yield shared.value.values } }
    var policy: ByReference<LocationPolicy> { shared.value.policy }

    /// The value of the annotation of this name; `nil` where it is absent or empty.
    func annotation(_ name: String) -> String? {
        ingress.metadata.annotations["\(prefix)/\(name)"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The path of the annotation of this name.
    func annotationField(_ name: String) -> String { "metadata.annotations[\(prefix)/\(name)]" }

    /// The path of the annotation that sets something; `nil` where none does.
    func annotationField(_ setting: Setting) -> String? {
        guard setting.places.isAnnotation else { return nil }
        let names = [setting.name] + setting.places.aliases
        return names.first { !(ingress.metadata.annotations["\(prefix)/\($0)"] ?? "").isEmpty }.map(annotationField)
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
