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
    /// What the objects that it names come to: one in memory for all that name none.
    private let details: ByReference<IngressDetails>
    /// The policy of locations whose requests somebody is asked about, or that ask for passwords.
    let askingPolicy: ByReference<LocationPolicy>
    /// The policy of its other locations.
    let policy: ByReference<LocationPolicy>

    private static let plainDetails = ByReference(IngressDetails())

    init(_ ingress: Ingress, _ settings: ByReference<IngressSettings>, prefix: String) {
        self.ingress = ingress
        self.prefix = prefix
        shared = settings
        reference = ingress.reference
        details = Self.plainDetails
        askingPolicy = settings.value.policy
        policy = settings.value.policy
    }

    /// The same Ingress with what the objects that it names come to.
    init(_ owner: AdmittedIngress, _ details: IngressDetails) {
        self.details = ByReference(details)
        ingress = owner.ingress
        prefix = owner.prefix
        shared = owner.shared
        reference = owner.reference
        let policy = owner.policy.with(details)
        self.policy = policy
        askingPolicy = policy.asking(details, isOneEnough: owner.values.sourceRanges.admitsByOneGuard)
    }

    /// The service that is asked whether requests may pass.
    var question: Question { _read { yield details.value.question } }
    /// The names and passwords that requests have to bring.
    var passwords: PasswordProtection { _read { yield details.value.passwords } }
    /// The certificates that clients of its hosts have to show; `nil` for none.
    var clientCheck: ClientCheck? { _read { yield details.value.clientCheck } }
    /// How TLS is spoken with its backends.
    var security: BackendSecurity { _read { yield details.value.security } }
    /// The upstream that gets copies of requests; `nil` for none.
    var mirrorUpstream: UpstreamKey? { details.value.mirror?.upstream }
    /// The backends that answer where its own do not.
    var errorAnswers: ErrorAnswers { _read { yield details.value.answers } }

    /// Whether requests are passed on without a question to somebody and without a password.
    var asksNothing: Bool { question == .nobody && passwords == .none }

    /// The private files that its locations need.
    var files: [PrivateFile] { security.files + [passwords.file].compactMap(\.self) + (clientCheck?.files ?? []) }

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

    /// Findings on annotations of the Ingress that have no effect without another one.
    ///
    /// - Parameter reason: The end of a sentence about each of them.
    func findings(without reason: String, _ names: [String]) -> [Diagnostic] {
        names.compactMap { name in
            givenField(name).map { field in
                ingress.finding(
                    .warning,
                    "annotation-not-read",
                    "'\(name)' has no effect: \(reason)",
                    at: field
                )
            }
        }
    }

    /// The path of the annotation that sets something; `nil` where none does.
    func annotationField(_ setting: Setting) -> String? {
        guard setting.places.isAnnotation else { return nil }
        let names = [setting.name] + setting.places.aliases
        return names.lazy.compactMap(givenField).first
    }
}

extension ByReference<LocationPolicy> {
    /// The same with what holds for all locations, whether somebody is asked about their requests or not.
    fileprivate func with(_ details: IngressDetails) -> Self {
        guard details.limits != nil || details.mirror != nil || details.answers.pages != nil else { return self }
        var policy = value
        policy.limits = details.limits
        policy.mirror = details.mirror?.mirror
        policy.errorPages = details.answers.pages
        return ByReference(policy)
    }

    /// - Parameter isOneEnough: Whether a request passes that meets one of the guards.
    fileprivate func asking(_ details: IngressDetails, isOneEnough: Bool) -> Self {
        guard details.question.authentication != nil || details.passwords.check != nil else { return self }
        var policy = value
        policy.authentication = details.question.authentication
        policy.passwords = details.passwords.check
        if policy.passwords != nil, policy.access != nil || policy.authentication != nil {
            policy.admitsByOneGuard = isOneEnough
        }
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
