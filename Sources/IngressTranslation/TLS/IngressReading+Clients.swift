import Certificates
import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// Which certificates an Ingress asks clients of its hosts for.
struct ClientCheck: Sendable, Hashable {
    var verification: ClientVerification
    /// The authorities, and the list of revoked certificates.
    var files: [PrivateFile] = []

    /// Whether whoever passes it would pass another one as well.
    func isAsStrict(as other: ClientCheck) -> Bool {
        guard let own = verification.certificates else { return true }
        guard let others = other.verification.certificates else { return false }
        return (own.authorities, own.revocations, own.mode, own.commonName)
            == (others.authorities, others.revocations, others.mode, others.commonName)
    }
}

extension IngressReading {
    /// Finds out which certificates an Ingress asks clients for; `nil` for none.
    mutating func clientCheck(of owner: AdmittedIngress, _ store: CertificateStore) -> ClientCheck? {
        let values = owner.values.clientCertificates
        guard values != SettingValues.builtIn.clientCertificates else { return nil }
        let nobody = ClientCheck(verification: .nobody(origin: owner.reference))
        guard values.isSet else {
            diagnostics += owner.findings(
                without: "no 'auth-tls-secret' has clients asked for a certificate",
                ClientCertificateSettings.dependentAnnotations
            )
            return nil
        }
        guard values.mode != nil || values.commonName != .unset else { return nil }
        guard values.secret != .invalid, values.commonName != .invalid else { return nobody }
        guard let mode = values.mode else {
            diagnostics.append(owner.commonNameUnverified("'auth-tls-verify-client' asks for no certificate"))
            return nobody
        }
        guard let text = values.secret.value else {
            diagnostics.append(owner.commonNameUnverified("no 'auth-tls-secret' names an authority"))
            return nobody
        }
        guard let name = ingress.objectName(text, within: owner.values.gates.reach) else {
            diagnostics.append(owner.authorityUnnamed(text))
            return nobody
        }
        secrets.insert(name)
        let files: ClientFiles
        do throws(SecretError) {
            files = try ClientFiles(try store.secret(name))
        } catch {
            diagnostics.append(owner.finding(error, withAuthority: name))
            return nobody
        }
        var certificates = ClientCertificates(
            of: owner.reference,
            mode: mode,
            authorities: files.authorities.file,
            depth: values.depth
        )
        certificates.revocations = files.revocations?.file
        certificates.errorPage = values.errorPage
        certificates.commonName = values.commonName.value
        certificates.sendsCertificate = values.sendsCertificate
        return ClientCheck(
            verification: .certificates(certificates),
            files: [files.authorities, files.revocations].compactMap(\.self)
        )
    }
}

/// The files by which certificates of clients are checked.
private struct ClientFiles {
    var authorities: PrivateFile
    /// `nil` where the Secret says nothing of it.
    var revocations: PrivateFile?

    init(_ secret: Secret) throws(SecretError) {
        let name = secret.namespacedName
        let origin = ObjectReference(kind: Secret.kind, name)
        guard let text = secret.data["ca.crt"], !text.bytes.isEmpty else { throw .keyMissing("ca.crt") }
        guard let read = CertificateAuthorities(text), let file = PrivateFile.Name(ofSecret: name, in: "ca") else {
            throw .authoritiesUnreadable
        }
        authorities = PrivateFile(
            .certificateAuthority,
            file: file,
            origin: origin,
            content: read.content,
            summary: read.summary
        )
        guard let text = secret.data["ca.crl"], !text.bytes.isEmpty else { return }
        guard let read = RevocationLists(text), let file = PrivateFile.Name(ofSecret: name, in: "crl") else {
            throw .revocationsUnreadable
        }
        revocations = PrivateFile(
            .revocationList,
            file: file,
            origin: origin,
            content: read.content,
            summary: read.summary
        )
    }
}

extension AdmittedIngress {
    private func finding(_ code: String, _ message: String, at name: String) -> Diagnostic {
        ingress.finding(.error, code, "\(message); the hosts of the Ingress answer 403", at: annotationField(name))
    }

    fileprivate func commonNameUnverified(_ reason: String) -> Diagnostic {
        finding(
            "common-name-unverified",
            "'auth-tls-match-cn' wants certificates of some names, and \(reason)",
            at: "auth-tls-match-cn"
        )
    }

    fileprivate func authorityUnnamed(_ text: String) -> Diagnostic {
        finding(
            "authority-secret-unnamed",
            "'auth-tls-secret' names no Secret of the Ingress's namespace by '\(text.excerpt)'",
            at: "auth-tls-secret"
        )
    }

    fileprivate func finding(_ error: SecretError, withAuthority name: NamespacedName) -> Diagnostic {
        ingress.finding(
            error.severity,
            error.code,
            "\(error.message("\(name)", nil)); the hosts of the Ingress answer 403",
            at: annotationField("auth-tls-secret")
        )
    }
}
