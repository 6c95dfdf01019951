import ProxyConfiguration

/// Whether requests of an Ingress have to bring a name and a password.
enum PasswordProtection: Sendable, Hashable {
    case none
    case users(BasicAuthentication, PrivateFile)
    /// It cannot be known who may enter, so that nobody does.
    case closed

    var check: BasicAuthentication? { if case .users(let check, _) = self { check } else { nil } }

    var file: PrivateFile? { if case .users(_, let file) = self { file } else { nil } }
}
