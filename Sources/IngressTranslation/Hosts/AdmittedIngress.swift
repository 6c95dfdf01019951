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
    /// The service that is asked whether requests may pass.
    let question: Question
    /// The policy of locations whose requests somebody is asked about.
    let askingPolicy: ByReference<LocationPolicy>
    /// How TLS is spoken with its backends.
    let security: BackendSecurity
    /// Who answers where its own backends do not.
    let errorAnswers: ErrorAnswers
    /// The policy of its other locations.
    let policy: ByReference<LocationPolicy>

    init(_ ingress: Ingress, _ settings: ByReference<IngressSettings>, prefix: String) {
        self.ingress = ingress
        self.prefix = prefix
        shared = settings
        reference = ingress.reference
        question = .nobody
        security = .plain
        askingPolicy = settings.value.policy
        policy = settings.value.policy
        errorAnswers = .none
    }

    /// The same Ingress, about whose requests somebody is asked, that speaks TLS with its backends in a way of its own, or
    /// whose errors somebody answers in place of.
    init(_ owner: AdmittedIngress, _ question: Question, _ security: BackendSecurity, _ answers: ErrorAnswers) {
        self.security = security
        ingress = owner.ingress
        prefix = owner.prefix
        shared = owner.shared
        reference = owner.reference
        self.question = question
        errorAnswers = answers
        let policy = answers.pages.map(owner.policy.answering) ?? owner.policy
        self.policy = policy
        askingPolicy = question.authentication.map(policy.asking) ?? policy
    }

    var settings: IngressSettings { _read { yield shared.value } }
    var values: SettingValues { _read { yield shared.value.values } }

    /// The value of the annotation of this name; `nil` where it is absent or empty.
    func annotation(_ name: String) -> String? {
        ingress.metadata.annotations[annotationKey(name)].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The whole key of the annotation of this name.
    func annotationKey(_ name: String) -> String { "\(prefix)/\(name)" }

    /// The path of the annotation of this name.
    func annotationField(_ name: String) -> String { "metadata.annotations[\(annotationKey(name))]" }

    /// The path of the annotation of this name; `nil` where it is absent or empty.
    func givenField(_ name: String) -> String? {
        (ingress.metadata.annotations[annotationKey(name)] ?? "").isEmpty ? nil : annotationField(name)
    }

    /// The path of the annotation that sets something; `nil` where none does.
    func annotationField(_ setting: Setting) -> String? {
        guard setting.places.isAnnotation else { return nil }
        let names = [setting.name] + setting.places.aliases
        return names.lazy.compactMap(givenField).first
    }
}

extension ByReference<LocationPolicy> {
    fileprivate func answering(_ pages: ErrorPages) -> Self {
        var policy = value
        policy.errorPages = pages
        return ByReference(policy)
    }

    fileprivate func asking(_ authentication: Authentication) -> Self {
        var policy = value
        policy.authentication = authentication
        return ByReference(policy)
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
