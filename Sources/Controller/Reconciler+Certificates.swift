import Diagnostics
import IngressTranslation
import KubernetesModel

extension Reconciler {
    /// Sets aside Secrets that held a certificate which served, and that hold none now: as a renewal that has failed does.
    ///
    /// Their last good form serves on, as ingress-nginx has it. One that is removed is gone all the same.
    ///
    /// Returns whether there are any.
    func keepCertificates(of snapshot: ClusterSnapshot, _ settings: TranslationSettings) -> Bool {
        let refused = cache.refusedCertificates
        guard let lastGood, !refused.isEmpty else { return false }
        let secrets = snapshot.usedSecrets(settings).filter { secret in
            guard refused[secret.namespacedName] != nil, let reference = secret.reference else { return false }
            let form = lastGood.form(of: reference)
            return form != nil && form != snapshot.form(of: reference)
        }
        guard !secrets.isEmpty else { return false }
        var tried = aside
        tried.keep(secrets, of: snapshot, lastGood: lastGood, because: refused, settings)
        _ = candidate(tried, of: snapshot, settings)
        // Some may have been no better before.
        let still = cache.refusedCertificates
        let mended = secrets.filter { still[$0.namespacedName] == nil }
        aside.keep(mended, of: snapshot, lastGood: lastGood, because: refused, settings)
        return true
    }
}

extension SettingAside {
    fileprivate mutating func keep(
        _ secrets: [Secret],
        of snapshot: ClusterSnapshot,
        lastGood: ClusterSnapshot,
        because reasons: [NamespacedName: String],
        _ settings: TranslationSettings
    ) {
        let findings = secrets.map { secret in
            Diagnostic(
                .error,
                code: "object-kept",
                "\(reasons[secret.namespacedName] ?? "Secret '\(secret.namespacedName)' holds no certificate"); its last good "
                    + "form serves",
                object: secret.reference
            )
        }
        let exclusions = Exclusions(reverted: Set(secrets.compactMap(\.reference)))
        add(exclusions, of: snapshot, lastGood: lastGood.with(secrets), because: findings, settings)
    }
}

extension ClusterSnapshot {
    /// The snapshot with Secrets in place of those of before, but for their certificates: whatever else they hold, such as
    /// lists of revoked certificates, counts as it is now.
    fileprivate func with(_ secrets: [Secret]) -> ClusterSnapshot {
        var forms: [ObjectReference: ObjectForm?] = [:]
        for secret in secrets {
            guard let reference = secret.reference, case .secret(let old)? = form(of: reference) else { continue }
            var kept = secret
            for key in ["tls.crt", "tls.key"] { kept.data[key] = old.data[key] }
            forms.updateValue(.secret(kept), forKey: reference)
        }
        return replacing(forms)
    }
}
