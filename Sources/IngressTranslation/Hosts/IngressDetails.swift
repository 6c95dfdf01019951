/// What the objects that an Ingress names come to for it.
struct IngressDetails: Sendable {
    /// The service that is asked whether requests may pass.
    var question = Question.nobody
    /// The names and passwords that requests have to bring.
    var passwords = PasswordProtection.none
    /// How TLS is spoken with its backends.
    var security = BackendSecurity.plain
    /// Who answers where its own backends do not.
    var answers = ErrorAnswers.none

    var isPlain: Bool { question == .nobody && passwords == .none && security == .plain && answers.isNone }
}
