import Diagnostics
import KubernetesModel
import ProxyConfiguration

extension IngressReading {
    /// Finds out whose names and passwords an Ingress asks for.
    mutating func passwords(of owner: AdmittedIngress, _ store: CertificateStore) -> PasswordProtection {
        let values = owner.values.basicAuth
        guard values != SettingValues.builtIn.basicAuth else { return .none }
        switch values.scheme {
        case .unset:
            diagnostics += owner.findings(
                without: "no 'auth-type' has passwords asked for",
                BasicAuth.dependentAnnotations
            )
            return .none
        case .invalid: return .closed
        case .set(.digest):
            diagnostics.append(owner.digestNotBuilt)
            return .closed
        case .set(.basic): break
        }
        guard let form = values.form.value else { return .closed }
        let reach = owner.values.gates.reach
        guard let name = values.secret.flatMap({ ingress.objectName($0, within: reach) }) else {
            diagnostics.append(owner.userSecretUnnamed(values.secret))
            return .closed
        }
        secrets.insert(name)
        let users: PasswordFile
        do throws(SecretError) {
            let secret = try store.secret(name)
            users = try PasswordFile(secret, form)
            diagnostics += users.faults.map(secret.userLeftOut)
        } catch {
            diagnostics.append(owner.finding(error, withUserSecret: name))
            // What a repository lacks is taken for a Secret without a user, so that nobody enters.
            guard error == .assumed else { return .closed }
            return protection(PasswordFile(), in: name, form, values.realm)
        }
        guard users.count > 0 else {
            diagnostics.append(owner.withoutUser(name))
            return .closed
        }
        return protection(users, in: name, form, values.realm)
    }

    private func protection(
        _ users: PasswordFile,
        in secret: NamespacedName,
        _ form: PasswordFile.Form,
        _ realm: Realm?
    ) -> PasswordProtection {
        guard let name = PrivateFile.Name(ofSecret: secret, in: form.rawValue, as: "users") else { return .closed }
        let file = PrivateFile(
            .passwordFile,
            file: name,
            origin: ObjectReference(kind: Secret.kind, secret),
            content: users.content,
            summary: users.summary
        )
        return .users(BasicAuthentication(realm: realm ?? .unnamed, users: name), file)
    }
}

extension PasswordFile {
    /// The users that a Secret holds.
    fileprivate init(_ secret: Secret, _ form: Form) throws(SecretError) {
        switch form {
        case .map: self.init(map: secret.data)
        case .file:
            guard let file = secret.data["auth"] else { throw .keyMissing("auth") }
            self.init(file: file)
        }
    }
}

extension Secret {
    /// Is told of the Secret, since many Ingresses may name it.
    fileprivate func userLeftOut(_ fault: PasswordFile.Fault) -> Diagnostic {
        finding(
            .warning,
            "user-left-out",
            "\(fault.place) \(fault.reason); nobody enters by it",
            at: "data[\(fault.key)]"
        )
    }
}

extension AdmittedIngress {
    private func secretFinding(_ severity: Diagnostic.Severity, _ code: String, _ message: String) -> Diagnostic {
        ingress.finding(severity, code, message, at: annotationField("auth-secret"))
    }

    fileprivate var digestNotBuilt: Diagnostic {
        ingress.finding(
            .error,
            "digest-not-built",
            "'auth-type' asks for digest authentication, for which stock nginx has no module; requests answer 503",
            at: annotationField("auth-type"),
            hint: "set it to basic, and have the host served by HTTPS alone"
        )
    }

    fileprivate func userSecretUnnamed(_ text: String?) -> Diagnostic {
        guard let text else {
            return ingress.finding(
                .error,
                "user-secret-unnamed",
                "'auth-type' is set, and no 'auth-secret' names a Secret with users; requests answer 503",
                at: annotationField("auth-type")
            )
        }
        return secretFinding(
            .error,
            "user-secret-unnamed",
            "'auth-secret' names no Secret of the Ingress's namespace by '\(text.excerpt)'; requests answer 503"
        )
    }

    fileprivate func finding(_ error: SecretError, withUserSecret name: NamespacedName) -> Diagnostic {
        let consequence =
            error == .assumed ? "it is taken for one without a user, so that all answer 401" : "requests answer 503"
        return secretFinding(error.severity, error.code, "\(error.message("\(name)", nil)); \(consequence)")
    }

    fileprivate func withoutUser(_ name: NamespacedName) -> Diagnostic {
        secretFinding(
            .error,
            "secret-invalid",
            "Secret '\(name)' holds no user with a hash that nginx can check; requests answer 503"
        )
    }
}
