import Certificates
import Diagnostics
import KubernetesModel
import NginxSyntax
import ProxyConfiguration

/// The certificates in Secrets: each is checked once a host asks for it, and again only when it changes or expires.
struct CertificateStore {
    private let settings: TranslationSettings
    private var now: Int64
    private var secrets: [NamespacedName: Secret] = [:]
    private(set) var checks: CertificateChecks
    /// What was told of the Secrets that were asked for.
    private var verdicts: [NamespacedName: Verdict] = [:]

    private typealias Verdict = Result<ServableCertificate, SecretProblem>

    init(_ settings: TranslationSettings, knowing checks: CertificateChecks) {
        self.settings = settings
        self.checks = checks
        now = settings.now
    }

    /// Takes changes of Secrets, and of the time; returns the Secrets of which something else may be told now.
    mutating func apply(_ changes: ObjectChanges<Secret>, now: Int64) -> Set<NamespacedName> {
        self.now = now
        var changed: Set<NamespacedName> = []
        for secret in changes.gone {
            secrets[secret.namespacedName] = nil
            changed.insert(secret.namespacedName)
        }
        for secret in changes.come {
            secrets[secret.namespacedName] = secret
            changed.insert(secret.namespacedName)
        }
        for name in changed where secrets[name] == nil { checks.forget(name) }
        for (name, verdict) in verdicts where isOther(verdict, on: name) { changed.insert(name) }
        for name in changed { verdicts[name] = nil }
        return changed
    }

    /// Chooses a host's certificate: that of the entry which lists the host, else the first of the Ingress that
    /// covers it, else none.
    mutating func tls(for host: HostPattern, of ingress: Ingress, _ diagnostics: inout [Diagnostic]) -> HostTLS {
        var tls = HostTLS(owner: ingress.namespacedName)
        if let index = ingress.tlsIndex(naming: host) {
            guard let name = ingress.tls[index].secretName else { return tls }
            tls.secretName = name
            switch certificate(named: name, for: host, in: ingress.metadata.namespace) {
            case .success(let certificate): tls.certificate = certificate
            case .failure(let problem):
                let field = "spec.tls[\(index)].secretName"
                diagnostics.append(ingress.finding(problem, with: name, for: host, at: field))
            }
            return tls
        }
        for name in ingress.tls.compactMap(\.secretName) {
            guard case .success(let found) = certificate(named: name, for: host, in: ingress.metadata.namespace)
            else { continue }
            tls.secretName = name
            tls.certificate = found
            return tls
        }
        diagnostics.append(contentsOf: ingress.noCertificateCovers(host, problems: problems(of: ingress)))
        return tls
    }

    /// The certificate of hosts without one: that of the option, where it is sound.
    mutating func fallback(_ diagnostics: inout [Diagnostic]) -> TLSCertificate {
        guard let name = settings.defaultCertificateSecret else { return settings.fallbackCertificate }
        switch verdict(on: name) {
        case .success(let found): return found.certificate
        case .failure(let problem):
            diagnostics.append(.defaultCertificate(name, problem))
            return settings.fallbackCertificate
        }
    }

    private mutating func certificate(
        named name: String,
        for host: HostPattern,
        in namespace: String
    ) -> Result<TLSCertificate, SecretProblem> {
        verdict(on: NamespacedName(namespace: namespace, name: name)).flatMap { found in
            found.bundle.covers(host.text) ? .success(found.certificate) : .failure(.hostNotCovered)
        }
    }

    private mutating func verdict(on name: NamespacedName) -> Verdict {
        if let known = verdicts[name] { return known }
        let verdict = check(name)
        verdicts[name] = verdict
        return verdict
    }

    private mutating func check(_ name: NamespacedName) -> Verdict {
        guard let secret = secrets[name] else {
            return .failure(settings.assumesMissingObjects ? .assumed : .notFound)
        }
        guard !secret.isWithheld else { return .failure(.setAside) }
        guard let chain = secret.data["tls.crt"], !chain.bytes.isEmpty else { return .failure(.keyMissing("tls.crt")) }
        guard let key = secret.data["tls.key"], !key.bytes.isEmpty else { return .failure(.keyMissing("tls.key")) }
        return checks.check(name, chain: chain, key: key).mapError(SecretProblem.certificate).flatMap { bundle in
            if let problem = bundle.problem(at: now) { return .failure(.certificate(problem)) }
            return ServableCertificate(bundle, of: name).map { .success($0) } ?? .failure(.notFound)
        }
    }

    /// Whether time alone has changed what is to be told.
    private func isOther(_ verdict: Verdict, on name: NamespacedName) -> Bool {
        guard let bundle = checks.bundle(of: name) else { return false }
        return switch verdict {
        case .success: bundle.problem(at: now) != nil
        case .failure(.certificate(let problem)): bundle.problem(at: now) != problem
        case .failure: false
        }
    }

    private mutating func problems(of ingress: Ingress) -> [(String, SecretProblem)] {
        ingress.tls.compactMap(\.secretName).compactMap { name in
            let secret = NamespacedName(namespace: ingress.metadata.namespace, name: name)
            guard case .failure(let problem) = verdict(on: secret) else { return nil }
            return (name, problem)
        }
    }
}

/// A certificate that may be served, with what is known of it.
private struct ServableCertificate: Sendable {
    let bundle: CertificateBundle
    let certificate: TLSCertificate

    /// Returns `nil` for a name that Kubernetes does not allow: it becomes the name of a file.
    init?(_ bundle: CertificateBundle, of name: NamespacedName) {
        guard let origin = ObjectReference(kind: Secret.kind, namespace: name.namespace, name: name.name),
            let file = TLSCertificate.FileName(ofSecret: name)
        else { return nil }
        self.bundle = bundle
        certificate = TLSCertificate(
            file: file,
            origin: origin,
            content: bundle.content,
            summary: bundle.summary,
            notAfter: bundle.notAfter
        )
    }
}
