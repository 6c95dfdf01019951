import ProxyConfiguration

/// The parts of an Ingress, and of the objects that it names, that other Ingresses with the same settings do not share.
struct IngressDetails: Sendable {
    var limits: ClientLimits?
    /// The service that is asked whether requests may pass.
    var question = Question.nobody
    /// The names and passwords that requests have to bring.
    var passwords = PasswordProtection.none
    /// The certificates that clients of its hosts have to show; `nil` for none.
    var clientCheck: ClientCheck?
    /// How TLS is spoken with its backends.
    var security = BackendSecurity.plain
    /// The receiver of copies of requests; `nil` for none.
    var mirror: MirrorDraft?
    /// The backends that answer where its own do not.
    var answers = ErrorAnswers.none

    var isPlain: Bool {
        limits == nil && question == .nobody && passwords == .none && clientCheck == nil && security == .plain
            && mirror == nil && answers.isNone
    }
}
