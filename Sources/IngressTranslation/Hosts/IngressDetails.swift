import ProxyConfiguration

/// What an Ingress, and the objects that it names, come to beside what other Ingresses of the same settings do.
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
    /// Who gets copies of requests; `nil` for nobody.
    var mirror: MirrorDraft?
    /// Who answers where its own backends do not.
    var answers = ErrorAnswers.none

    var isPlain: Bool {
        limits == nil && question == .nobody && passwords == .none && clientCheck == nil && security == .plain
            && mirror == nil && answers.isNone
    }
}
