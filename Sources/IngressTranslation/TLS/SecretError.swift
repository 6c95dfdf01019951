import Certificates
import Diagnostics
import KubernetesModel
import ProxyConfiguration

/// Why a Secret does not serve as a host's certificate.
enum SecretError: Error, Hashable {
    case notFound
    /// The input lacks the Secret, which a repository of manifests usually does.
    case assumed
    /// It was found to do harm.
    case setAside
    case keyMissing(String)
    case certificate(CertificateDefect)
    case hostNotCovered
    /// Its `ca.crt` holds no certificates that nginx would load.
    case authoritiesUnreadable
    /// Its `dhparam.pem` holds no parameters that nginx would load; the end of a sentence about it.
    case parametersUnreadable(String)
    /// Its `ca.crl` holds no lists that nginx would load.
    case revocationsUnreadable

    var code: String {
        switch self {
        case .notFound: "secret-not-found"
        case .assumed: "secret-assumed"
        case .setAside: "secret-set-aside"
        case .keyMissing, .certificate, .authoritiesUnreadable, .revocationsUnreadable, .parametersUnreadable:
            "secret-invalid"
        case .hostNotCovered: "secret-for-other-host"
        }
    }

    /// The beginning of a sentence about the Secret.
    func message(_ secret: String, _ host: HostPattern?) -> String {
        switch self {
        case .notFound: "Secret '\(secret)' does not exist"
        case .assumed: "Secret '\(secret)' is not in the input"
        case .setAside: "Secret '\(secret)' is set aside"
        case .keyMissing(let key): "Secret '\(secret)' has no '\(key)'"
        case .authoritiesUnreadable: "Secret '\(secret)': ca.crt holds no certificates that nginx loads"
        case .parametersUnreadable(let reason): "Secret '\(secret)': dhparam.pem \(reason)"
        case .revocationsUnreadable: "Secret '\(secret)': ca.crl holds no revocation lists that nginx loads"
        case .certificate(let error): "Secret '\(secret)': \(error.message)"
        case .hostNotCovered: "the certificate of Secret '\(secret)' is not for host '\(host?.text ?? "*")'"
        }
    }

    var severity: Diagnostic.Severity {
        switch self {
        case .assumed: .note
        // The error is told of the Secret.
        case .setAside: .warning
        default: .error
        }
    }
}

extension IngressRoutes {
    func finding(
        _ error: SecretError,
        with secret: NamespacedName,
        for host: HostPattern,
        at field: String
    ) -> Diagnostic {
        ingress.finding(
            error.severity,
            error.code,
            "\(error.message("\(secret)", host)); the default certificate serves \(host.words)",
            at: field
        )
    }

    /// Says why no Secret of the Ingress serves a host that no entry of `spec.tls` lists.
    func noCertificateCovers(
        _ host: HostPattern,
        error: (secret: NamespacedName, error: SecretError)?
    ) -> [Diagnostic] {
        guard !tls.secrets.isEmpty else { return [] }
        if let (secret, error) = error { return [finding(error, with: secret, for: host, at: "spec.tls")] }
        return [
            ingress.finding(
                .warning,
                "tls-host-not-covered",
                "no certificate of spec.tls is for \(host.words); the default certificate serves it",
                at: "spec.tls"
            )
        ]
    }

    /// Findings about a certificate that is served all the same.
    func warnings(_ warnings: [CertificateWarning], on secret: NamespacedName, at field: String) -> [Diagnostic] {
        warnings.map { ingress.finding(.warning, $0.code, "Secret '\(secret)': \($0.message)", at: field) }
    }
}

extension CertificateWarning {
    var code: String {
        switch self {
        case .outOfOrder: "certificate-order"
        case .repeated: "certificate-repeated"
        case .unrelated: "certificate-unrelated"
        case .expired: "certificate-expired"
        case .notYetValid: "certificate-not-yet-valid"
        }
    }
}

extension Diagnostic {
    static func defaultCertificate(_ name: NamespacedName, _ warning: CertificateWarning) -> Diagnostic {
        Diagnostic(
            .warning,
            code: warning.code,
            "Secret '\(name)': \(warning.message)",
            object: ObjectReference(kind: Secret.kind, namespace: name.namespace, name: name.name)
        )
    }

    static func defaultCertificate(_ name: NamespacedName, _ error: SecretError) -> Diagnostic {
        Diagnostic(
            error.severity,
            code: error.code,
            "\(error.message("\(name)", nil)); a self-signed certificate serves in place of the default one"
        )
    }
}
